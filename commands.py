"""The commands of `flask`: one group for each noun."""

from pathlib import Path

import click
from flask import Flask, current_app

from actions.demo import estate, removal
from domain import lifecycle_page, notice_page

DOCS = Path(__file__).parent / "docs"


def init_app(app: Flask) -> None:
    """Hang the commands on the application."""
    app.cli.add_command(write_lifecycle)
    app.cli.add_command(write_notice_table)
    app.cli.add_command(demo)


@click.command("lifecycle")
def write_lifecycle() -> None:
    """Write docs/lifecycle.md from the tables of the lifecycle."""
    (DOCS / "lifecycle.md").write_text(lifecycle_page.page())


@click.group()
def demo() -> None:
    """The demo estate: a company to try things out with."""


@demo.command("load")
def load_demo() -> None:
    """Build the demo estate, where nobody can sign in yet."""
    settings = current_app.extensions["settings"]
    with click.progressbar(length=100, label="Building the demo estate") as bar:
        built = estate.load(settings.demo_password, lambda share: bar.update(int(share * 100) - bar.pos))
    click.echo("The demo estate is there." if built else "There are accounts already: nothing was loaded.")


@demo.command("remove")
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove_demo(yes: bool) -> None:
    """Remove the demo accounts and everything of their company."""
    companies = removal.demo_companies()
    if not companies:
        click.echo("There is no demo estate: nothing was removed.")
    for company in companies:
        click.echo(f"{company.name} and all that belongs to it will be removed:")
        for table, count in removal.contents(company.id).items():
            click.echo(f"{count:9,}  {table.replace('_', ' ')}")
        if not yes:
            click.confirm("Remove it for good?", abort=True)
        removal.remove(company.id)
        click.echo("Removed.")


@click.command("notice-table")
def write_notice_table() -> None:
    """Write docs/notices.md from the table of who is told of what."""
    (DOCS / "notices.md").write_text(notice_page.page())
