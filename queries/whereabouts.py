"""Finding the unit somebody speaks of, typed or by taps, and who has it now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Row, func, or_, select
from sqlalchemy.orm import joinedload

from domain.unit_labels import label_of
from extensions import db
from models import Building, Resident, ResidentPhone, Tenure, TenureKind, Unit

MOST_ALIKE = 12


@dataclass(frozen=True)
class Contact:
    """Name and number of somebody who has a unit now: all that may be looked up with LOOK_UP_UNITS."""

    resident_id: UUID
    name: str
    number: str
    tenure: TenureKind


def units_like(typed: str, site_id: UUID) -> Sequence[Unit]:
    """The units of the site the typed words may mean, with their buildings. One, when there is no doubt.

    A whole label leaves none, with its dashes or, as a number pad types it, without; else the number alone will do.
    """
    label = label_of(typed)
    digits = label.replace("-", "")
    if not digits:
        return []
    found = db.session.scalars(
        select(Unit)
        .where(
            Unit.site_id == site_id,
            or_(Unit.label == label, func.replace(Unit.label, "-", "") == digits, Unit.number == label),
        )
        .options(joinedload(Unit.building))
        .order_by(Unit.label)
        .limit(MOST_ALIKE)
    ).all()
    return [unit for unit in found if unit.label == label] or found


def contacts(unit_id: UUID, today: date) -> list[Contact]:
    """Who has the unit today, owners and tenants before family and staff, each with the number to call first."""
    rows = db.session.execute(
        select(Resident.id, Resident.name, ResidentPhone.number, Tenure.kind)
        .join(Tenure, Tenure.resident_id == Resident.id)
        .outerjoin(ResidentPhone, ResidentPhone.resident_id == Resident.id)
        .where(
            Tenure.unit_id == unit_id,
            Tenure.starts_on <= today,
            or_(Tenure.ends_on.is_(None), Tenure.ends_on >= today),
        )
        .order_by(ResidentPhone.position)
    )
    order = list(TenureKind)
    people: dict[UUID, Contact] = {}
    for id, name, number, tenure in rows:
        people.setdefault(id, Contact(id, name, number or "", tenure))
    return sorted(people.values(), key=lambda contact: (order.index(contact.tenure), contact.name))


def buildings(site_id: UUID) -> Sequence[Building]:
    """The buildings of the site, in their order."""
    return db.session.scalars(
        select(Building).where(Building.site_id == site_id).order_by(Building.position, Building.code)
    ).all()


def floors(building_id: UUID, site_id: UUID) -> Sequence[Row[str, int]]:
    """The entrances and floors of a building that have units, lowest first."""
    return db.session.execute(
        select(Unit.entrance, Unit.floor)
        .where(Unit.building_id == building_id, Unit.site_id == site_id)
        .distinct()
        .order_by(Unit.entrance, Unit.floor)
    ).all()


def on_floor(building_id: UUID, entrance: str, floor: int, site_id: UUID) -> Sequence[Unit]:
    """The units of one floor."""
    return db.session.scalars(
        select(Unit)
        .where(
            Unit.building_id == building_id,
            Unit.entrance == entrance,
            Unit.floor == floor,
            Unit.site_id == site_id,
        )
        .order_by(Unit.number)
    ).all()
