"""Giving listed units and residents their rows: what is missing is made, what is there is found again."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from actions.imports.resident_row import Entry
from actions.initials import initials_of
from extensions import db
from models import Building, PropertyType, Resident, ResidentPhone, Site, Tenure, Unit, UnitUse

USUAL = {
    PropertyType.OFFICE: UnitUse.OFFICE,
    PropertyType.INDUSTRIAL: UnitUse.WORKSHOP,
    PropertyType.COMMERCIAL: UnitUse.SHOP,
}
COMPANIES = ("公司", "集团", "银行", "事务所", "合伙企业", "Ltd", "Ltd.", "Inc.", "LLC", "GmbH")  # how their names end


def known_at(site: Site, entries: Sequence[Entry], today: date) -> SimpleNamespace:
    """What is there already of what these rows name: four statements, whatever their number."""
    here = SimpleNamespace(site=site, today=today, new=Counter())
    here.buildings = {row.code: row for row in db.session.scalars(select(Building).where(Building.site_id == site.id))}
    labels = {entry.label for entry in entries}
    units = db.session.scalars(select(Unit).where(Unit.site_id == site.id, Unit.label.in_(labels)))
    here.units = {unit.label: unit for unit in units}
    named = (Resident.site_id == site.id, Resident.name.in_({entry.name for entry in entries if entry.name}))
    here.by_phone, here.by_unit, here.phones, here.tenures = {}, {}, defaultdict(list), defaultdict(list)
    phones = select(Resident.name, ResidentPhone).join(Resident, Resident.id == ResidentPhone.resident_id)
    for name, phone in db.session.execute(phones.where(*named).order_by(ResidentPhone.position)):
        remember_phone(here, name, phone)
    tenures = select(Resident.name, Tenure).join(Resident, Resident.id == Tenure.resident_id)
    for name, tenure in db.session.execute(tenures.where(*named).order_by(Tenure.starts_on)):
        remember_tenure(here, name, tenure)
    return here


def settle(entry: Entry, here: SimpleNamespace) -> bool:
    """Write what a row says, inside the caller's unit of work; whether anything of it was new."""
    before = here.new.total()
    unit = here.units.get(entry.label) or new_unit(entry, here)
    if entry.name:
        resident_id = resident_of(entry, unit, here)
        for number in entry.phones:
            if number not in here.phones[resident_id]:
                add_phone(entry.name, resident_id, number, here)
        tie(entry, resident_id, unit, here)
    return here.new.total() > before


def added(row: Any, here: SimpleNamespace) -> Any:
    """The row, to be saved and counted."""
    db.session.add(row)
    here.new[type(row)] += 1
    return row


def new_unit(entry: Entry, here: SimpleNamespace) -> Unit:
    """The unit, in its building, which is made if it is the first of it."""
    building = here.buildings.get(entry.building) or new_building(entry, here)
    unit = Unit(
        id=uuid4(), site_id=here.site.id, building_id=building.id, entrance=entry.entrance, floor=entry.floor,
        number=entry.number, label=entry.label, use=entry.use or USUAL.get(here.site.property_type, UnitUse.FLAT),
    )  # fmt: skip
    here.units[entry.label] = unit
    return added(unit, here)


def new_building(entry: Entry, here: SimpleNamespace) -> Building:
    """Called as the list calls it; 3 alone is 3栋."""
    code = entry.building
    building = Building(
        id=uuid4(), site_id=here.site.id, code=code, name=entry.building_name or f"{code}栋",
        name_en=f"Building {code}", position=len(here.buildings),
    )  # fmt: skip
    here.buildings[code] = building
    return added(building, here)


def resident_of(entry: Entry, unit: Unit, here: SimpleNamespace) -> UUID:
    """Whoever has this name and one of these numbers, else this name in this unit, else somebody new."""
    same_phone = (here.by_phone.get((entry.name, number)) for number in entry.phones)
    known = next(filter(None, same_phone), None) or here.by_unit.get((entry.name, unit.id))
    if known:
        return known
    resident = Resident(
        id=uuid4(), site_id=here.site.id, name=entry.name, initials=initials_of(entry.name),
        is_company=entry.name.endswith(COMPANIES),
    )  # fmt: skip
    return added(resident, here).id


def add_phone(name: str, resident_id: UUID, number: str, here: SimpleNamespace) -> None:
    """One more number, to be called after those there are."""
    position = len(here.phones[resident_id])
    phone = ResidentPhone(site_id=here.site.id, resident_id=resident_id, number=number, position=position)
    remember_phone(here, name, added(phone, here))


def tie(entry: Entry, resident_id: UUID, unit: Unit, here: SimpleNamespace) -> None:
    """The tie of resident and unit. A beginning that is not said is today, or the end, if that has passed."""
    ends_on = entry.ends_on
    for tenure in here.tenures[resident_id, unit.id]:
        if tenure.kind == entry.kind and is_same(tenure, entry.starts_on, ends_on):
            return amend(tenure, entry, here)
    starts_on = entry.starts_on or min(here.today, ends_on or here.today)
    tenure = Tenure(
        id=uuid4(), site_id=here.site.id, resident_id=resident_id, unit_id=unit.id, kind=entry.kind,
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    return remember_tenure(here, entry.name, added(tenure, here))


def is_same(tenure: Tenure, starts_on: date | None, ends_on: date | None) -> bool:
    """Whether a row with these days speaks of this tie, of the same kind: a tie that still holds, or the same days."""
    if starts_on and tenure.starts_on == starts_on:
        return True
    if tenure.ends_on is None:
        return starts_on is None or ends_on is None
    return starts_on is None and tenure.ends_on == ends_on


def amend(tenure: Tenure, entry: Entry, here: SimpleNamespace) -> None:
    """An end that has become known, and a beginning earlier than we thought."""
    ends_on = tenure.ends_on or entry.ends_on
    starts_on = min(filter(None, (tenure.starts_on, entry.starts_on, ends_on)))
    if (starts_on, ends_on) != (tenure.starts_on, tenure.ends_on):
        tenure.starts_on, tenure.ends_on = starts_on, ends_on
        here.new[Tenure] += 1


def remember_phone(here: SimpleNamespace, name: str, phone: ResidentPhone) -> None:
    """So that the next row finds it."""
    here.by_phone.setdefault((name, phone.number), phone.resident_id)
    here.phones[phone.resident_id].append(phone.number)


def remember_tenure(here: SimpleNamespace, name: str, tenure: Tenure) -> None:
    """So that the next row finds it."""
    here.by_unit.setdefault((name, tenure.unit_id), tenure.resident_id)
    here.tenures[tenure.resident_id, tenure.unit_id].append(tenure)
