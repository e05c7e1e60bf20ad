"""The rules of changing working hours: the past keeps the hours it had, and a week must be one people can work."""

import re
from datetime import date, time

from domain.calendars import Span, Week, follow_one_another
from domain.errors import Invalid
from domain.wording import N_

_SPAN = re.compile(r"(\d{1,2})(?::(\d{2}))?\s*(?:-|–|—|~|至|到)\s*(\d{1,2})(?::(\d{2}))?")
_BETWEEN = re.compile(r"\s*[,;、，；]\s*|\s+(?=\d)")
NOT_HOURS = N_("Hours look like 8:30-12:00, 13:30-17:30, one after the other.")


def refuse_past(day: date, today: date, field: str = "day") -> None:
    """Raises Invalid for a day before today: clocks that ran through it were decided by the hours it had."""
    if day < today:
        raise Invalid(field, N_("The past keeps the hours it had: choose today or a later day."))


def refuse_idle(week: Week, field: str) -> None:
    """Raises Invalid for a week in which nobody ever works: its clocks would never end."""
    if not any(week):
        raise Invalid(field, N_("At least one day of the week must have working hours."))


def spans_of(text: str) -> tuple[Span, ...]:
    """The spans of a day as typed: `8:30-12:00, 13:30-17:30`; 24:00 is midnight. Raises ValueError for what is none."""
    text = re.sub(r"\s*(-|–|—|~|至|到)\s*", r"\1", text.strip())
    spans = tuple(span_of(part) for part in _BETWEEN.split(text) if part)
    if not follow_one_another(spans):
        raise ValueError(NOT_HOURS)
    return spans


def span_of(text: str) -> Span:
    """One span. Raises ValueError."""
    found = _SPAN.fullmatch(text)
    if not found:
        raise ValueError(NOT_HOURS)
    from_hour, from_minute, to_hour, to_minute = (int(part or 0) for part in found.groups())
    if (to_hour, to_minute) == (24, 0):
        to_hour = 0
    try:
        return time(from_hour, from_minute), time(to_hour, to_minute)
    except ValueError:
        raise ValueError(NOT_HOURS) from None


def text_of(spans: tuple[Span, ...]) -> str:
    """The spans of a day as a person types them."""
    return ", ".join(f"{opens:%H:%M}-{'24:00' if closes == time.min else f'{closes:%H:%M}'}" for opens, closes in spans)
