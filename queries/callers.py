"""Who is calling, while the number is still being typed: the residents it could be, and what is already open there."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, bindparam, or_, select, union_all
from sqlalchemy.orm import joinedload

from domain.lifecycle import OPEN
from domain.unit_labels import is_label, label_of
from extensions import db
from models import Resident, ResidentPhone, ServiceRequest, Tenure, Unit, User
from queries import places, reach, service_requests
from queries.reach import STATEMENTS, Standing, standing_of

MOST_CALLERS, MOST_REQUESTS = 8, 12
FEWEST_DIGITS = 4
HOME_CODE = "+86"
_EXTENSION = re.compile(r"(转|分机|ext|,|#|;).*$", re.IGNORECASE)


@dataclass(frozen=True)
class Caller:
    """A resident it could be, the number to write down (the one typed, else the first), and where they live today."""

    resident: Resident
    number: str
    homes: list[Tenure]


@dataclass(frozen=True)
class Beside:
    """What appears beside the form. `is_asked` is false while too little was typed to look for anything."""

    is_asked: bool
    unit: Unit | None
    callers: list[Caller]
    open_requests: Sequence[ServiceRequest]


@dataclass(frozen=True)
class Typed:
    """What stands in the form so far. `number` is the caller as E.164, where it is a whole number."""

    caller: str = ""
    number: str = ""
    unit: str = ""
    category_id: UUID | None = None


def beside(typed: Typed, *, site_id: UUID, viewer: User, today: date) -> Beside:
    """The callers and the open requests for registration/_beside.html. Three statements at most."""
    room = typed.caller if is_label(typed.caller) else typed.unit
    unit = places.unit_of_label(label_of(room), site_id) if room else None
    meant = has_number(typed.number, site_id) if typed.number else meaning(typed.caller, [site_id])
    if meant is None and room:
        meant = lives_in(unit, room)
    if meant is None and unit is None:
        return Beside(False, None, [], [])
    callers = [caller_of(resident, typed, today) for resident in residents(meant, site_id, viewer)]
    return Beside(True, unit, callers, open_requests(callers, unit, typed, site_id, viewer))


def has_number(number: str, site_id: UUID) -> ColumnElement[bool]:
    """Reached under exactly this number."""
    exactly = select(ResidentPhone.resident_id).where(ResidentPhone.number == number, ResidentPhone.site_id == site_id)
    return Resident.id.in_(exactly)


def meaning(typed: str, sites: Any) -> ColumnElement[bool] | None:
    """The residents meant by the beginning or the end of a number, by part of a name, or by its initials.

    None while that is too little to tell. Numbers are looked for at these sites (ids, or a statement of them).
    """
    text = unicodedata.normalize("NFKC", typed).strip()
    if not text or is_label(text):
        return None
    if re.search(r"[^\W\d_]", _EXTENSION.sub("", text)):
        return named(text)
    if not (parts := parts_of_number(text)):
        return None
    return Resident.id.in_(union_all(*(reached(span, sites) for part in parts for span in beginnings_and_end(part))))


def reached(span: ColumnElement[bool], sites: Any) -> Select[Any]:
    """Whose number lies in this span. Each span is a statement of its own, so that each finds its index."""
    return select(ResidentPhone.resident_id).where(ResidentPhone.site_id.in_(sites), span)


def beginnings_and_end(digits: str) -> list[ColumnElement[bool]]:
    """The number begins with these digits, with or without the country before them, or ends with them."""
    beginnings = [between(ResidentPhone.number, before + digits) for before in (HOME_CODE, "+", "")]
    return [*beginnings, between(ResidentPhone.backwards, digits[::-1])]


def between(column: Any, beginning: str) -> ColumnElement[bool]:
    """The text begins so: said as a span, because that is what an index finds, in whatever order a database keeps."""
    low = beginning.rstrip("9")
    after = f"{low[:-1]}{int(low[-1]) + 1}" if low[-1:].isdecimal() else f"{low}a"  # letters come after all digits
    return and_(column >= beginning, column < after, column.startswith(beginning, autoescape=True))


def parts_of_number(typed: str) -> list[str]:
    """The digits to look for in numbers kept as E.164: as typed, and without the zeros of 0755 or 0086."""
    digits = re.sub(r"\D", "", _EXTENSION.sub("", unicodedata.normalize("NFKC", typed)))
    return [part for part in dict.fromkeys((digits, digits.lstrip("0"))) if len(part) >= FEWEST_DIGITS]


def named(text: str) -> ColumnElement[bool] | None:
    """By name, or by two pinyin initials and more."""
    if not text.isascii():
        return Resident.name.contains(text, autoescape=True)
    if len(text) < 2:
        return None
    return or_(
        Resident.initials.startswith(text.lower(), autoescape=True), Resident.name.icontains(text, autoescape=True)
    )


def lives_in(unit: Unit | None, room: str) -> ColumnElement[bool]:
    """Tied to the unit; while its label is still being typed, to one that begins so."""
    tied = select(Tenure.resident_id)
    if unit:
        return Resident.id.in_(tied.where(Tenure.unit_id == unit.id))
    begins = Unit.label.startswith(label_of(room), autoescape=True)
    return Resident.id.in_(tied.join(Unit).where(begins, Unit.site_id == Resident.site_id))


def residents(meant: ColumnElement[bool] | None, site_id: UUID, viewer: User) -> Sequence[Resident]:
    """With their numbers and units, by name."""
    if meant is None:
        return []
    asked = select(Resident).where(Resident.site_id == site_id, Resident.site_id.in_(reach.sites_of(viewer)), meant)
    return (
        db.session.scalars(
            asked.order_by(Resident.name, Resident.id)
            .limit(MOST_CALLERS)
            .options(
                joinedload(Resident.phones),
                joinedload(Resident.tenures).joinedload(Tenure.unit).joinedload(Unit.building),
            )
        )
        .unique()
        .all()
    )


def only_one_with(number: str, site_id: UUID) -> Resident | None:
    """The resident of the site with exactly this number (E.164), if there is exactly one."""
    found = db.session.scalars(select(Resident).where(has_number(number, site_id)).limit(2)).all() if number else []
    return found[0] if len(found) == 1 else None


def caller_of(resident: Resident, typed: Typed, today: date) -> Caller:
    """The resident as a caller."""
    numbers = [phone.number for phone in resident.phones]
    homes = [tenure for tenure in resident.tenures if tenure.ends_on is None or tenure.ends_on >= today]
    parts = parts_of_number(typed.caller)
    likely = next((number for number in numbers if any(part in number for part in parts)), None)
    return Caller(resident, likely or next(iter(numbers), ""), homes)


def open_requests(
    callers: list[Caller], unit: Unit | None, typed: Typed, site_id: UUID, viewer: User
) -> Sequence[ServiceRequest]:
    """What these people, this number and their units already wait for; and the same fault in the same building."""
    units = {tenure.unit_id for caller in callers for tenure in caller.homes} | ({unit.id} if unit else set())
    fault = (typed.category_id, unit.building_id) if unit and typed.category_id else None
    asked = _open_requests(standing_of(viewer), bool(typed.number), bool(fault))
    category_id, building_id = fault or (None, None)
    given = {"here": site_id, "residents": [caller.resident.id for caller in callers], "units": list(units)}
    typed_too = {"number": typed.number, "of_category": category_id, "at_building": building_id}
    return db.session.scalars(asked, given | typed_too).all()


@lru_cache(STATEMENTS)
def _open_requests(viewer: Standing, by_number: bool, by_fault: bool) -> Select[ServiceRequest]:
    alike: list[ColumnElement[bool]] = [
        ServiceRequest.resident_id.in_(bindparam("residents", expanding=True)),
        ServiceRequest.unit_id.in_(bindparam("units", expanding=True)),
    ]
    if by_number:
        alike.append(ServiceRequest.caller_phone == bindparam("number"))
    if by_fault:
        same_fault = ServiceRequest.category_id == bindparam("of_category")
        alike.append(and_(same_fault, ServiceRequest.building_id == bindparam("at_building")))
    return (
        service_requests.visible_to(viewer)
        .where(ServiceRequest.site_id == bindparam("here"), ServiceRequest.status.in_(OPEN), or_(*alike))
        .options(
            joinedload(ServiceRequest.unit), joinedload(ServiceRequest.building), joinedload(ServiceRequest.category)
        )
        .order_by(ServiceRequest.registered_at.desc(), ServiceRequest.id)
        .limit(MOST_REQUESTS)
    )
