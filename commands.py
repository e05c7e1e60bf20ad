"""The commands of `flask`: one group for each noun."""

from pathlib import Path

import click
from flask import Flask

from domain import lifecycle_page

DOCS = Path(__file__).parent / "docs"


def init_app(app: Flask) -> None:
    """Hang the commands on the application."""
    app.cli.add_command(write_lifecycle)


@click.command("lifecycle")
def write_lifecycle() -> None:
    """Write docs/lifecycle.md from the tables of the lifecycle."""
    (DOCS / "lifecycle.md").write_text(lifecycle_page.page())
