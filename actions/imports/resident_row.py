"""One row of a list of residents, as people fill it in: what it is called, and what it says."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar
from unicodedata import normalize

from actions.imports.case import Unreadable
from actions.imports.cells import text_of
from domain.phone_numbers import LONGEST as LONGEST_PHONE
from domain.phone_numbers import whole_number
from domain.unit_labels import label_of
from domain.wording import N_
from models import TenureKind, UnitUse

# The columns as the template has them, in Chinese and English, and what else they are called.
COLUMNS = {
    "building": ("楼栋", "building", "楼号", "栋号", "座", "楼栋号"),
    "entrance": ("单元", "entrance", "单元号"),
    "floor": ("楼层", "floor", "层"),
    "unit": ("房号", "unit", "房间", "房间号", "室号", "门牌号"),
    "use": ("用途", "use"),
    "name": ("姓名", "name", "住户姓名", "业主姓名", "客户名称", "业主"),
    "phone": ("电话", "phone", "联系电话", "手机", "手机号", "手机号码"),
    "tenure": ("关系", "tenure", "与业主关系", "身份", "住户类型"),
    "from": ("起", "from", "入住日期", "开始日期"),
    "to": ("止", "to", "迁出日期", "结束日期"),
}
USES = {
    UnitUse.FLAT: ("flat", "住宅", "公寓", "住房"),
    UnitUse.OFFICE: ("office", "办公", "办公室", "写字楼"),
    UnitUse.SHOP: ("shop", "商铺", "店铺", "商业"),
    UnitUse.WORKSHOP: ("workshop", "厂房", "车间", "工坊"),
}
TENURES = {
    TenureKind.OWNER: ("owner", "业主", "产权人", "户主"),
    TenureKind.TENANT: ("tenant", "租户", "租客", "承租人", "租赁户"),
    TenureKind.FAMILY: ("family", "家属", "家庭成员", "家人"),
    TenureKind.STAFF: ("staff", "员工", "职员", "公司员工"),
}
LONGEST_PART, LONGEST_LABEL, LONGEST_NAME = 20, 40, 200  # as the columns
BETWEEN_PHONES, BETWEEN_WORDS = re.compile(r"[/、;|]"), re.compile(r"[,\s]+")
LOCAL_NUMBER = re.compile(r"[\d-]{5,20}")  # as people dial it in the same town
DAY = re.compile(r"(\d{4})(?:[-/.年](\d{1,2})[-/.月](\d{1,2})日?|(\d\d)(\d\d))(?:[ T][\d:]+)?")
FIRST_EXCEL_DAY, EXCEL_DAYS = date(1899, 12, 30), re.compile(r"[2-7]\d{4}")
Meaning = TypeVar("Meaning")
FLOOR = re.compile(r"(负|-|B)?(\d{1,3})(层|楼|F)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """A unit, and somebody who has it; `name` is empty where nobody does."""

    building: str  # its code: "3"
    building_name: str
    entrance: str
    floor: int
    number: str
    label: str
    use: UnitUse | None  # None: not said
    name: str
    phones: Sequence[str]
    kind: TenureKind
    starts_on: date | None
    ends_on: date | None


def columns_in(cells: Sequence[str]) -> dict[str, int]:
    """Where the columns stand, by the words of the head of the table."""
    heads = ["".join(normalize("NFKC", cell).strip("\ufeff").split()).lower() for cell in cells]
    return {
        column: next(place for place, head in enumerate(heads) if head in names)
        for column, names in COLUMNS.items()
        if set(heads) & set(names)
    }


def entry_of(cells: Mapping[str, str]) -> Entry:
    """What a row says; `cells` by column. Raises Unreadable."""
    read = {column: text_of(cells.get(column, "")) for column in COLUMNS}
    building, entrance, number = place_of(read["building"], read["entrance"], read["unit"])
    label = "-".join(filter(None, (building, entrance, number)))
    phones = phones_of(read["phone"])
    if phones and not read["name"]:
        raise Unreadable(N_("The name is missing."))
    if max(len(building), len(entrance), len(number)) > LONGEST_PART or len(label) > LONGEST_LABEL:
        raise Unreadable(N_("The unit %(text)s is too long."), text=label[:LONGEST_LABEL])
    if len(read["name"]) > LONGEST_NAME:
        raise Unreadable(N_("The name is too long."))
    starts_on, ends_on = day_of(read["from"]), day_of(read["to"])
    if starts_on and ends_on and ends_on < starts_on:
        raise Unreadable(N_("The end lies before the beginning."))
    return Entry(
        building=building, building_name=read["building"] if read["building"] != building else "", entrance=entrance,
        floor=floor_of(read["floor"], number), number=number, label=label, use=meant(read["use"], USES),
        name=read["name"], phones=phones, kind=meant(read["tenure"], TENURES) or TenureKind.OWNER,
        starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip


def place_of(building: str, entrance: str, unit: str) -> tuple[str, str, str]:
    """Code of the building, entrance and number; the unit may be written whole, as 3-2-501. Raises Unreadable."""
    if not (number := label_of(unit)):
        raise Unreadable(N_("The unit is missing."))
    if building:
        return label_of(building), label_of(entrance), number
    parts = number.split("-")
    if len(parts) < 2:
        raise Unreadable(N_("The building is missing."))
    return parts[0], "-".join(parts[1:-1]) or label_of(entrance), parts[-1]


def floor_of(text: str, number: str) -> int:
    """The floor: as written, or as the number says it: 12 for 1203, else 1. Raises Unreadable."""
    if not text:
        return int(number[:-2]) if number.isdecimal() and 2 < len(number) < 6 else 1
    found = FLOOR.fullmatch(text)
    if found is None:
        raise Unreadable(N_("%(text)s is not a floor."), text=text[:40])
    return -int(found[2]) if found[1] else int(found[2])


def meant(text: str, words: Mapping[Meaning, Sequence[str]]) -> Meaning | None:
    """The member of the enumeration these words stand for; None for no words. Raises Unreadable for others."""
    if not text:
        return None
    found = next((member for member, names in words.items() if text.lower() in names), None)
    if found is None:
        known = "、".join(names[1] for names in words.values())
        raise Unreadable(N_("%(text)s is none of these: %(known)s."), text=text[:40], known=known)
    return found


def phones_of(text: str) -> tuple[str, ...]:
    """Every number once, in the order of the cell, as they are kept. Raises Unreadable."""
    found: list[str] = []
    for part in filter(None, (part.strip() for part in BETWEEN_PHONES.split(text))):
        whole = whole_number(part)
        found += [whole] if whole else [phone_of(word) for word in BETWEEN_WORDS.split(part) if word]
    return tuple(dict.fromkeys(found))


def phone_of(word: str) -> str:
    """One number. Raises Unreadable."""
    number = whole_number(word) or (word if LOCAL_NUMBER.fullmatch(word) else "")
    if not number or len(number) > LONGEST_PHONE:
        raise Unreadable(N_("%(text)s is not a telephone number."), text=word[:40])
    return number


def day_of(text: str) -> date | None:
    """A day as people and Excel write it: 2026-1-31, 2026/1/31, 2026年1月31日, 20260131, 46053. Raises Unreadable."""
    if not text:
        return None
    if EXCEL_DAYS.fullmatch(text):
        return FIRST_EXCEL_DAY + timedelta(days=int(text))
    try:
        if found := DAY.fullmatch(text):
            year, *rest = (int(part) for part in found.groups() if part)
            return date(year, *rest)
    except ValueError:
        pass  # a thirteenth month: no date either
    raise Unreadable(N_("%(text)s is not a date."), text=text[:40])
