"""Reading working calendars."""

from collections.abc import Sequence
from datetime import date, time
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import or_, select

from domain.calendars import MONDAY_TO_FRIDAY, Week, WorkingCalendar
from extensions import db
from models import Site, SpecialDay, WorkingWeek


def of_site(site: Site) -> WorkingCalendar:
    """The working hours of a site with its holidays and make-up days; the usual office week where none was set."""
    weeks = db.session.execute(
        select(WorkingWeek.valid_from, WorkingWeek.spans)
        .where(WorkingWeek.site_id == site.id)
        .order_by(WorkingWeek.valid_from)
    ).all()
    days = db.session.execute(
        select(SpecialDay.day, SpecialDay.is_working)
        .where(
            SpecialDay.company_id == site.company_id,
            or_(SpecialDay.site_id.is_(None), SpecialDay.site_id == site.id),
        )
        .order_by(SpecialDay.site_id.is_(None).desc())  # a site's own word is the last
    ).all()
    special: dict[date, bool] = {row.day: row.is_working for row in days}
    return remembered(
        zone=site.zone,
        later_weeks=tuple((row.valid_from, week_of(row.spans)) for row in weeks),
        holidays=frozenset(day for day, is_working in special.items() if not is_working),
        make_up_days=frozenset(day for day, is_working in special.items() if is_working),
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
