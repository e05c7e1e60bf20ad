"""A year at a glance: twelve months, each day worked, free, a holiday or made up for."""

from calendar import Calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from flask_babel import format_date
from flask_babel import gettext as _

from domain.calendars import WorkingCalendar
from domain.wording import N_

WORDS = {"worked": N_("Worked"), "free": N_("Free"), "holiday": N_("Holiday"), "make-up": N_("Make-up day")}


@dataclass(frozen=True)
class Day:
    """One square: the number, what sort of day (a key of WORDS), and what it says aloud."""

    number: int
    sort: str
    words: str


@dataclass(frozen=True)
class Month:
    """One month: its name and its weeks, Monday first; None for squares of its neighbours."""

    name: str
    weeks: list[list[Day | None]]


def of(hours: WorkingCalendar, year: int, names: Mapping[date, str]) -> list[Month]:
    """The months of a year."""
    weeks = Calendar().monthdatescalendar
    return [
        Month(
            format_date(date(year, month, 1), "LLLL"),
            [[drawn(hours, day, names) if day.month == month else None for day in week] for week in weeks(year, month)],
        )
        for month in range(1, 13)
    ]


def drawn(hours: WorkingCalendar, day: date, names: Mapping[date, str]) -> Day:
    """One day."""
    if day in hours.make_up_days:
        sort = "make-up"
    elif day in hours.holidays:
        sort = "holiday"
    else:
        sort = "worked" if hours.hours_of(day) else "free"
    return Day(day.day, sort, " · ".join(filter(None, (_(WORDS[sort]), names.get(day)))))
