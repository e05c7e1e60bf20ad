"""The thirty colleagues; ten of them are the sign-ins printed at the start."""

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

from actions.demo.sheets import rows
from actions.passwords import set_password
from domain.permissions import Role
from extensions import db
from models import Qualification, User, UserRole

HIRED = datetime(2023, 3, 1, 1, tzinfo=UTC)


def add_people(estate: SimpleNamespace, password: str) -> None:
    """Every colleague of the sheet, as `estate.people[username]`. Only the demo sign-ins have a password."""
    estate.people, entrant = {}, User()
    set_password(entrant, password)  # once: argon2 is slow by design, and all of them have the same
    for number, row in enumerate(rows("people")):
        user = colleague(estate, row, number)
        user.password_hash = entrant.password_hash if user.is_demo else None
        estate.people[user.username] = user
    db.session.add_all(estate.people.values())
    db.session.flush()


def colleague(estate: SimpleNamespace, row: dict[str, str], number: int) -> User:
    """One row of the sheet."""
    site = estate.sites.get(row["site"])
    department = estate.departments.get((row["site"], row["department"]))
    user = User(
        company_id=estate.company.id,
        site_id=site.id if site else None,
        department_id=department.id if department else None,
        username=row["username"],
        name=row["name"],
        phone=f"+86138002{number:05}",
        email=f"{row['username']}@anju.example",
        on_duty=row["duty"] == "yes",
        is_demo=row["demo"] == "yes",
        created_at=HIRED + timedelta(days=number),
    )
    user.role_rows = [UserRole(role=Role(role)) for role in row["roles"].split()]
    user.qualifications = [Qualification(category_id=estate.categories[trade].id) for trade in row["trades"].split()]
    user.site, user.department = site, department
    return user
