"""Reading working calendars."""

from collections.abc import Sequence
from datetime import date, time
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Boolean, CompoundSelect, Uuid, bindparam, null, or_, select, type_coerce, union_all

from domain.calendars import MONDAY_TO_FRIDAY, Week, WorkingCalendar
from extensions import db
from models import Site, SpecialDay, WorkingWeek


def of_site(site: Site) -> WorkingCalendar:
    """The working hours of a site with its holidays and make-up days; the usual office week where none was set.

    One statement.
    """
    asked = db.session.execute(_days_and_weeks(), {"here": site.id, "company": site.company_id})
    rows = sorted(asked, key=lambda row: (row.site_id is not None, row.day))
    special = {row.day: row.is_working for row in rows if row.spans is None}  # a site's own word is the last
    return remembered(
        zone=site.zone,
        later_weeks=tuple((row.day, week_of(row.spans)) for row in rows if row.spans is not None),
        holidays=frozenset(day for day, is_working in special.items() if not is_working),
        make_up_days=frozenset(day for day, is_working in special.items() if is_working),
    )


@cache
def _days_and_weeks() -> CompoundSelect[Any]:
    """The statement of every clock that is read, put together once."""
    no_spans, no_flag = type_coerce(null(), JSON), type_coerce(null(), Boolean)
    days = select(SpecialDay.day, SpecialDay.site_id.label("site_id"), SpecialDay.is_working, no_spans.label("spans"))
    weeks = select(WorkingWeek.valid_from, WorkingWeek.site_id, no_flag, WorkingWeek.spans)
    here = bindparam("here", type_=Uuid)
    return union_all(
        days.where(
            SpecialDay.company_id == bindparam("company"), or_(SpecialDay.site_id.is_(None), SpecialDay.site_id == here)
        ),
        weeks.where(WorkingWeek.site_id == here),
    )


def special_day(day: date, *, company_id: UUID, site_id: UUID | None) -> SpecialDay | None:
    """What was written about this day for exactly this site, or (None) for the whole company."""
    return db.session.scalar(
        select(SpecialDay).where(
            SpecialDay.day == day, SpecialDay.company_id == company_id, SpecialDay.site_id == site_id
        )
    )


def special_days(site: Site, year: int) -> Sequence[SpecialDay]:
    """Holidays and make-up days of a year as they count at this site, its own words and the company's, by day."""
    return db.session.scalars(
        select(SpecialDay)
        .where(
            SpecialDay.company_id == site.company_id,
            or_(SpecialDay.site_id.is_(None), SpecialDay.site_id == site.id),
            SpecialDay.day.between(date(year, 1, 1), date(year, 12, 31)),
        )
        .order_by(SpecialDay.day)
    ).all()


@lru_cache(maxsize=64)
def remembered(**parts: Any) -> WorkingCalendar:
    """The calendar with these parts; the same one for the same parts, because it remembers the days it laid out."""
    return WorkingCalendar(week=MONDAY_TO_FRIDAY, **parts)


def week_of(spans: list[list[list[str]]]) -> Week:
    """The week as stored: per weekday a list of ["08:30", "12:00"]."""
    return tuple(tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in day) for day in spans)
