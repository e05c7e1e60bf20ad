"""The rooms of a site and who has them, for handing over without a signal: no more than LOOK_UP_UNITS grants."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import func, or_, select

from extensions import db
from models import AdministrationEntry, Building, Resident, ResidentPhone, Site, Tenure, TenureKind, Unit
from queries import whereabouts

FIRST_NUMBER = 0  # position of the number to call first


def version(site: Site) -> str:
    """Another text when the rooms may have changed: by an import, the administration, people moving. One statement."""
    counts = [
        select(func.count()).select_from(model).where(model.site_id == site.id).scalar_subquery()
        for model in (Unit, Tenure, ResidentPhone)
    ]
    changed = select(func.max(AdministrationEntry.written_at)).where(AdministrationEntry.company_id == site.company_id)
    return "-".join(str(part) for part in db.session.execute(select(*counts, changed.scalar_subquery())).one())


def buildings(site: Site) -> Sequence[Building]:
    """The buildings of the site, in their order."""
    return whereabouts.buildings(site.id)


def units(site: Site) -> Sequence[Any]:
    """(id, building_id, entrance, floor, number, label) of every unit, in the order in which they are offered."""
    return db.session.execute(
        select(Unit.id, Unit.building_id, Unit.entrance, Unit.floor, Unit.number, Unit.label)
        .where(Unit.site_id == site.id)
        .order_by(Unit.building_id, Unit.entrance, Unit.floor, Unit.number)
    ).all()


def people(site: Site, today: date) -> dict[UUID, list[Any]]:
    """(unit_id, name, number or None, kind) of those who have each unit today, owners and tenants first."""
    rows = db.session.execute(
        select(Tenure.unit_id, Resident.name, ResidentPhone.number, Tenure.kind)
        .join(Resident, Resident.id == Tenure.resident_id)
        .outerjoin(
            ResidentPhone,
            (ResidentPhone.resident_id == Resident.id) & (ResidentPhone.position == FIRST_NUMBER),
        )
        .where(
            Tenure.site_id == site.id,
            Tenure.starts_on <= today,
            or_(Tenure.ends_on.is_(None), Tenure.ends_on >= today),
        )
    )
    order = list(TenureKind)
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (order.index(row.kind), row.name)):
        found[row.unit_id].append(row)
    return found
