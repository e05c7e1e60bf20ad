"""Where something is: a unit, a building, or words for a common area."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import select

from domain.errors import Invalid
from domain.wording import N_
from extensions import db
from models import Building, Resident, Unit


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
