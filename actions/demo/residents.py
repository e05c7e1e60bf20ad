"""Fifteen hundred residents: families in the flats, companies and their staff in the offices."""

from datetime import date, timedelta
from types import SimpleNamespace
from uuid import uuid4

from actions.demo.names import company_name, person_name
from actions.initials import initials_of
from extensions import db
from models import Resident, ResidentPhone, Tenure, TenureKind, Unit, UnitUse

RESIDENTS = 1500
TAKEN_OVER = date(2017, 6, 1)  # the first owners got their keys
LATER_TIES = (TenureKind.FAMILY, TenureKind.FAMILY, TenureKind.FAMILY, TenureKind.TENANT)
NOTES = (
    "老人独居，敲门请大声",
    "上夜班，上午请勿打扰",
    "养有大型犬，上门前请先电话",
    "业主委员会委员",
    "行动不便，坐轮椅",
)


def add_residents(estate: SimpleNamespace, today: date) -> None:
    """Everybody who lives or works here, or did. `estate.households[site code]`: unit id -> unit, residents now."""
    estate.households = {"YH": {}, "KC": {}}
    estate.numbers = iter(estate.draw.sample(range(13_500_000_000, 14_000_000_000), 2 * RESIDENTS))
    for unit in estate.units["KC"]:
        if estate.draw.random() < 0.85:
            add_firm(estate, unit, today)
    homes = [unit for unit in estate.units["YH"] if estate.draw.random() < 0.93]
    for unit in homes:
        settle(estate, unit, TenureKind.OWNER, TAKEN_OVER + timedelta(days=estate.draw.randrange(900)))
    for unit in estate.draw.choices(homes, k=RESIDENTS - estate.residents):
        add_neighbour(estate, unit, today)
    db.session.flush()


def add_firm(estate: SimpleNamespace, unit: Unit, today: date) -> None:
    """A company that rents the office, with one or two people who speak for it."""
    since = today - timedelta(days=estate.draw.randrange(60, 1500))
    settle(estate, unit, TenureKind.TENANT, since, is_company=True)
    for _ in range(estate.draw.choice((1, 2, 2))):
        settle(estate, unit, TenureKind.STAFF, since)


def add_neighbour(estate: SimpleNamespace, unit: Unit, today: date) -> None:
    """One more person tied to a flat or shop: family, a tenant, or somebody who has moved out."""
    since = today - timedelta(days=estate.draw.randrange(100, 2200))
    moved_out = estate.draw.random() < 0.15
    kind = TenureKind.TENANT if unit.use is UnitUse.SHOP else estate.draw.choice(LATER_TIES)
    until = since + timedelta(days=estate.draw.randrange(40, 99)) if moved_out else None
    settle(estate, unit, TenureKind.TENANT if moved_out else kind, since, until)


def settle(
    estate: SimpleNamespace,
    unit: Unit,
    kind: TenureKind,
    since: date,
    until: date | None = None,
    is_company: bool = False,
) -> None:
    """A new resident, their telephones, and their tie to the unit."""
    draw, site_id = estate.draw, unit.site_id
    name = company_name(draw) if is_company else person_name(draw)
    resident = Resident(
        id=uuid4(),
        site_id=site_id,
        name=name,
        initials=initials_of(name),
        is_company=is_company,
        note=draw.choice(NOTES) if not is_company and draw.random() < 0.05 else "",
    )
    numbers = [f"+86{next(estate.numbers)}" for _ in range(1 if draw.random() < 0.8 else 2)]
    phones = [
        ResidentPhone(site_id=site_id, resident_id=resident.id, number=number, position=position)
        for position, number in enumerate(numbers)
    ]
    tenure = Tenure(
        site_id=site_id, resident_id=resident.id, unit_id=unit.id, kind=kind, starts_on=since, ends_on=until
    )
    db.session.add_all([resident, *phones, tenure])
    estate.residents += 1
    if until is None and not is_company:
        home = estate.households[estate.site_codes[site_id]].setdefault(unit.id, (unit, []))
        home[1].append((resident, numbers[0]))
