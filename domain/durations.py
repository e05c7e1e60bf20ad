"""Lengths of time as people type them: "30", "2 h", "1.5 小时", "1 d 4 h". Everything is kept in minutes."""

import re
from unicodedata import normalize

from domain.service_classes import DAY, HOUR, WORKING_DAY
from domain.wording import N_

LONGEST = 366 * DAY
_PART = re.compile(r"(\d+(?:\.\d+)?)\s*(minutes?|mins?|m|分钟|分|hours?|hrs?|h|小时|时|days?|d|个?工作日|天|日)?")
NOT_A_LENGTH = N_("A length of time looks like 30, 2 h or 1 d.")


def minutes_of(text: str, *, round_the_clock: bool) -> int | None:
    """The minutes; None for nothing typed. A day is 24 hours, or one working day. Raises ValueError."""
    text = normalize("NFKC", text or "").strip().lower()
    if not text:
        return None
    minutes, position = 0.0, 0
    while position < len(text):
        found = _PART.match(text, position)
        if not found or len(found[1]) > 8:
            raise ValueError(NOT_A_LENGTH)
        minutes += float(found[1]) * unit_of(found[2] or "", round_the_clock)
        position = re.compile(r"\s*").match(text, found.end()).end()  # type: ignore[union-attr]
    if not 1 <= round(minutes) <= LONGEST:
        raise ValueError(NOT_A_LENGTH)
    return round(minutes)


def unit_of(word: str, round_the_clock: bool) -> int:
    """How many minutes the unit has."""
    if word.startswith("h") or word in ("小时", "时"):
        return HOUR
    if word.startswith("d") or word.endswith(("天", "日")):
        return day_of(round_the_clock)
    return 1


def day_of(round_the_clock: bool) -> int:
    """The minutes of a day: of all of it, or of what is worked of it."""
    return DAY if round_the_clock else WORKING_DAY


def parts_of(minutes: int, *, round_the_clock: bool) -> tuple[int, int, int]:
    """Days, hours and minutes; days only where nothing is left over, so that 10 hours are not 1 day 2 h 30 min."""
    days, rest = divmod(minutes, day_of(round_the_clock))
    if not rest:
        return days, 0, 0
    return 0, *divmod(minutes, HOUR)


def text_of(minutes: int, *, round_the_clock: bool) -> str:
    """The length as it may be typed again."""
    parts = zip(parts_of(minutes, round_the_clock=round_the_clock), ("d", "h", "min"), strict=True)
    return " ".join(f"{number} {unit}" for number, unit in parts if number)
