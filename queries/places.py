"""Where something is: a unit, a building, or words for a common area; and what an administrator sets up."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from domain.errors import Invalid, NotFound
from domain.wording import N_
from extensions import db
from models import Building, Department, Resident, Site, Unit, User


def named(details: Mapping[str, Any], site_id: UUID) -> dict[str, Any]:
    """The place and the resident these details name, as columns of a service request; a unit brings its building.

    Raises Invalid for anything of another site.
    """
    unit = _of_site(Unit, details, "unit_id", site_id)
    building = _of_site(Building, details, "building_id", site_id)
    resident = _of_site(Resident, details, "resident_id", site_id)
    return {
        "unit_id": unit.id if unit else None,
        "building_id": unit.building_id if unit else building.id if building else None,
        "resident_id": resident.id if resident else None,
        "place": details.get("place", ""),
    }


def unit_of_label(label: str, site_id: UUID) -> Unit | None:
    """The unit people call by this label, as in 3-2-501; None when the site has none."""
    return db.session.scalar(select(Unit).where(Unit.label == label, Unit.site_id == site_id))


def _of_site(model: Any, details: Mapping[str, Any], field: str, site_id: UUID) -> Any:
    if not details.get(field):
        return None
    row = db.session.scalar(select(model).where(model.id == UUID(details[field]), model.site_id == site_id))
    if row is None:
        raise Invalid(field, N_("There is no such place or person at this site."))
    return row


def department(id: UUID, *, viewer: User) -> tuple[Department, Site | None]:
    """A department of the viewer's company and its site, if it is a site's. Raises NotFound."""
    asked = select(Department, Site).outerjoin(Site, Site.id == Department.site_id)
    return _found(asked.where(Department.id == id, Department.company_id == viewer.company_id))


def building(id: UUID, *, viewer: User) -> tuple[Building, Site]:
    """A building of the viewer's company and its site. Raises NotFound."""
    asked = select(Building, Site).join(Site, Site.id == Building.site_id)
    return _found(asked.where(Building.id == id, Site.company_id == viewer.company_id))


def _found(asked: Any) -> Any:
    row = db.session.execute(asked).one_or_none()
    if row is None:
        raise NotFound()
    return row


def buildings(viewer: User) -> Sequence[tuple[Building, int]]:
    """The buildings of an administrator's company with the number of their units, for administration/places.html."""
    asked = (
        select(Building, func.count(Unit.id))
        .join(Site, Site.id == Building.site_id)
        .outerjoin(Unit, Unit.building_id == Building.id)
        .where(Site.company_id == viewer.company_id)
        .group_by(Building.id)
        .order_by(Building.position, func.length(Building.code), Building.code)
    )
    return [(row[0], row[1]) for row in db.session.execute(asked)]


def residents_by_site(viewer: User) -> dict[UUID, int]:
    """How many residents each site of an administrator's company has."""
    asked = select(Resident.site_id, func.count()).join(Site, Site.id == Resident.site_id)
    counted = asked.where(Site.company_id == viewer.company_id).group_by(Resident.site_id)
    return {row[0]: row[1] for row in db.session.execute(counted)}
