"""Reading working calendars."""

from datetime import date, time

from sqlalchemy import or_, select

from domain.calendars import MONDAY_TO_FRIDAY, Calendar, Week, WorkingCalendar
from extensions import db
from models import Site, SpecialDay, WorkingWeek


def of_site(site: Site) -> Calendar:
    """The working hours of a site with its holidays and make-up days; the usual office week if none was set."""
    week = db.session.scalar(
        select(WorkingWeek.spans).where(WorkingWeek.site_id == site.id).order_by(WorkingWeek.valid_from.desc()).limit(1)
    )
    days = db.session.execute(
        select(SpecialDay.day, SpecialDay.is_working)
        .where(
            SpecialDay.company_id == site.company_id,
            or_(SpecialDay.site_id.is_(None), SpecialDay.site_id == site.id),
        )
        .order_by(SpecialDay.site_id.is_(None).desc())  # a site's own word is the last
    ).all()
    special: dict[date, bool] = {row.day: row.is_working for row in days}
    return WorkingCalendar(
        zone=site.zone,
        week=week_of(week) if week else MONDAY_TO_FRIDAY,
        holidays=frozenset(day for day, is_working in special.items() if not is_working),
        make_up_days=frozenset(day for day, is_working in special.items() if is_working),
    )


def week_of(spans: list[list[list[str]]]) -> Week:
    """The week as stored: per weekday a list of ["08:30", "12:00"]."""
    return tuple(tuple((time.fromisoformat(a), time.fromisoformat(b)) for a, b in day) for day in spans)
