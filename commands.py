"""The commands of `flask`: one group for each noun."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask import Flask, current_app

from actions import sites, users
from actions.demo import estate, removal
from actions.imports.formats import FORMATS
from actions.imports.rejected import Rejected
from actions.imports.residents import import_residents
from actions.imports.service_requests import import_service_requests
from domain import lifecycle_page, notice_page
from domain.accounts import status_of
from domain.days import DEFAULT_ZONE
from domain.errors import Refused
from domain.permissions import Role
from extensions import now
from queries import posts, user_list
from queries import sites as places
from queries import users as accounts

DOCS = Path(__file__).parent / "docs"


def init_app(app: Flask) -> None:
    """Hang the commands on the application."""
    app.cli.add_command(write_lifecycle)
    app.cli.add_command(write_notice_table)
    app.cli.add_command(demo)
    app.cli.add_command(site)
    app.cli.add_command(import_requests)
    app.cli.add_command(residents_of_list)
    app.cli.add_command(user)


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
        current_app.extensions["settings"].demo_removed.touch()
        click.echo("Removed.")


@click.command("notice-table")
def write_notice_table() -> None:
    """Write docs/notices.md from the table of who is told of what."""
    (DOCS / "notices.md").write_text(notice_page.page())


@click.group()
def site() -> None:
    """The sites of the company."""


@site.command("add")
@click.argument("code")
@click.argument("name")
@click.option("--zone", default=DEFAULT_ZONE, show_default=True, help="The time zone of its wall clock.")
@click.option(
    "--type", "property_type", type=click.Choice(sites.PROPERTY_TYPES), default="residential", show_default=True
)
@click.option("--company", help="The company it belongs to; made if there is none of that name.")
def add_site(code: str, name: str, zone: str, property_type: str, company: str | None) -> None:
    """Add a site."""
    with refusals_in_words():
        sites.add_site(code, name, property_type=property_type, zone=zone, company_name=company)
    click.echo(f"{code} {name} is there.")


@click.group()
def user() -> None:
    """The accounts of colleagues."""


@user.command("list")
def list_users() -> None:
    """Every account: user name, name, roles, site, status."""
    for one in user_list.everybody():
        roles, place = ", ".join(sorted(one.roles)), one.site.code if one.site else "company"
        click.echo(f"{one.username:<20} {one.name:<12} {roles:<32} {place:<8} {status_of(one, now())}")


@user.command("add")
@click.argument("username")
@click.argument("name")
@click.option("--role", "roles", multiple=True, required=True, type=click.Choice([role.value for role in Role]))
@click.option("--site", "site_code", help="The code of the site; without it: company level.")
@click.option("--department", "department_code", help="The code of the department there.")
def add_user(
    username: str, name: str, roles: tuple[str, ...], site_code: str | None, department_code: str | None
) -> None:
    """Add a colleague, and print the link by which they choose a password."""
    with refusals_in_words():
        company_id, post = posts.of_codes(site_code, department_code)
        details = {"username": username, "name": name, "roles": roles, "post": post, "trades": [], "on_duty": True}
        added = users.add(details, by=None, company_id=company_id)
        click.echo(invitation_link(users.invite(added.id, by=None)))


@user.command("invite")
@click.argument("username")
def invite_user(username: str) -> None:
    """Print a new link by which a colleague chooses a password."""
    with refusals_in_words():
        click.echo(invitation_link(users.invite(accounts.named(username).id, by=None)))


@user.command("unlock")
@click.argument("username")
def unlock_user(username: str) -> None:
    """Let somebody try again who typed too many wrong passwords."""
    with refusals_in_words():
        users.unlock(accounts.named(username).id, by=None)
    click.echo(f"{username} may try again.")


@user.command("disable")
@click.argument("username")
def disable_user(username: str) -> None:
    """Sign somebody out everywhere and let them in no more."""
    with refusals_in_words():
        users.disable(accounts.named(username).id, by=None)
    click.echo(f"{username} is disabled.")


def invitation_link(secret: str) -> str:
    """The address of an invitation, as people open it."""
    return f"{current_app.extensions['settings'].public_url}/invitation/{secret}"


@click.command("import-requests")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--format", "format_name", type=click.Choice(list(FORMATS)), required=True)
@click.option("--site", "site_code", required=True, help="The code of the site they belong to.")
@click.option("--rejected", type=click.Path(path_type=Path), help="Where refused rows go; default: FILE.rejected.csv")
def import_requests(file: Path, format_name: str, site_code: str, rejected: Path | None) -> None:
    """Bring in the service requests another system recorded. Run again, nothing is taken twice."""
    rejected = rejected or file.with_name(file.name + ".rejected.csv")
    with refusals_in_words(), click.progressbar(length=1000, label=file.name) as bar:
        totals = import_service_requests(
            file, format_name, site_code, rejected, lambda share: bar.update(int(share * 1000) - bar.pos)
        )
    click.echo(f"{totals.read:9,}  rows read")
    click.echo(f"{totals.brought_in:9,}  brought in, {totals.merged:,} of them merged into the case they repeat")
    click.echo(f"{totals.known:9,}  known already")
    click.echo(f"{totals.rejected:9,}  refused" + (f": see {rejected}" if totals.rejected else ""))


@click.command("import-residents")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--site", "site_code", required=True, help="The code of the site they live at.")
@click.option("--rejected", type=click.Path(path_type=Path), help="Where refused rows go; default: FILE.rejected.csv")
def residents_of_list(file: Path, site_code: str, rejected: Path | None) -> None:
    """Bring in a list of units and residents, CSV or Excel. Run again, nothing is taken twice."""
    rejected = rejected or file.with_name(file.name + ".rejected.csv")
    with refusals_in_words(), file.open("rb") as table, Rejected(rejected) as refused:
        site = places.of_code(site_code)
        with click.progressbar(length=1000, label=file.name) as bar:
            totals = import_residents(
                table, site, by=None, refuse=lambda row, reason: refused.add(row, str(reason)),
                progress=lambda share: bar.update(int(share * 1000) - bar.pos),
            )  # fmt: skip
    click.echo(f"{totals.read:9,}  rows read")
    click.echo(f"{totals.brought_in:9,}  brought in: {totals.units:,} new units, {totals.residents:,} new residents")
    click.echo(f"{totals.known:9,}  known already")
    click.echo(f"{totals.rejected:9,}  refused" + (f": see {rejected}" if totals.rejected else ""))


@contextmanager
def refusals_in_words() -> Iterator[None]:
    """What was refused, as a command says it."""
    try:
        yield
    except (Refused, OSError) as error:
        raise click.ClickException(
            error.sentence % error.values if isinstance(error, Refused) else str(error)
        ) from error
