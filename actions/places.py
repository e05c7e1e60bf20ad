"""Adding and renaming the departments and buildings of a site."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from actions.administration import note
from actions.overwriting import hold_as_seen
from actions.unit_of_work import unit_of_work
from domain.departments import DepartmentCode
from domain.errors import Invalid
from domain.wording import N_
from extensions import db
from models import Building, Department, Site, User
from queries import places, sites


def add_department(site: Site | None, details: Mapping[str, Any], *, by: User) -> Department:
    """A department of this site, or of the company. Raises Invalid for a code that is there already.

    `details`: code, name, name_en. Of the others there may be several: other, other-2, other-3 …
    """
    with unit_of_work():
        if site:
            sites.hold(site.id)
        here = select(Department.code).where(
            Department.company_id == by.company_id, Department.site_id == (site.id if site else None)
        )
        code = free_code(details["code"], set(db.session.scalars(here)))
        row = Department(
            id=uuid4(), company_id=by.company_id, site_id=site.id if site else None, **{**details, "code": code}
        )
        db.session.add(row)
        note("department_added", by=by, company_id=by.company_id, subject=titled(row, site), subject_id=row.id)
    return row


def free_code(code: str, taken: set[str]) -> str:
    """The code as a department may have it. Raises Invalid where the site has such a department."""
    if code not in taken:
        return code
    if code != DepartmentCode.OTHER:
        raise Invalid("code", N_("There is such a department already."))
    return next(name for name in (f"{code}-{number}" for number in range(2, len(taken) + 2)) if name not in taken)


def rename_department(id: UUID, details: Mapping[str, Any], *, by: User, seen: str | None = None) -> None:
    """Other names; the code stays, since categories go by it. Raises NotFound, ChangedMeanwhile."""
    with unit_of_work():
        overwrite(*places.department(id, viewer=by), details, by=by, seen=seen, action="department_edited")


def add_building(site: Site, details: Mapping[str, Any], *, by: User) -> Building:
    """A building of this site, without units. `details`: code, name, name_en, position. Raises Invalid."""
    with unit_of_work():
        sites.hold(site.id)
        taken = select(Building.id).where(Building.site_id == site.id, Building.code == details["code"])
        if db.session.scalar(taken):
            raise Invalid("code", N_("There is a building with this code already."))
        row = Building(id=uuid4(), site_id=site.id, **details)
        db.session.add(row)
        note("building_added", by=by, company_id=by.company_id, subject=titled(row, site), subject_id=row.id)
    return row


def edit_building(id: UUID, details: Mapping[str, Any], *, by: User, seen: str | None = None) -> None:
    """Other names, another position; the code stays, since its units are called by it.

    Raises NotFound, ChangedMeanwhile.
    """
    with unit_of_work():
        overwrite(*places.building(id, viewer=by), details, by=by, seen=seen, action="building_edited")


def overwrite(
    row: Any, site: Site | None, details: Mapping[str, Any], *, by: User, seen: str | None, action: str
) -> None:
    """Everything that differs, and one line of the log if anything does. Raises ChangedMeanwhile."""
    hold_as_seen(row, seen)
    if changes := changed(row, details):
        subject = titled(row, site)
        note(action, by=by, company_id=by.company_id, subject=subject, subject_id=row.id, changes=changes)


def changed(row: Any, details: Mapping[str, Any]) -> dict[str, tuple[object, object]]:
    """Write what is new into the row: field, before and after."""
    changes = {name: (getattr(row, name), value) for name, value in details.items() if getattr(row, name) != value}
    for name, value in details.items():
        setattr(row, name, value)
    return changes


def titled(row: Department | Building, site: Site | None) -> str:
    """How the log calls it."""
    return f"{site.name} · {row.name}" if site else row.name
