"""Writing working calendars."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

import holidays
from sqlalchemy import select

from actions.administration import note
from actions.clocks import mark_stale
from actions.unit_of_work import unit_of_work
from domain.calendars import Week
from domain.days import local_day
from domain.errors import Invalid
from domain.wording import N_
from domain.working_hours import refuse_idle, refuse_past, text_of
from extensions import db, now
from models import Company, Site, SpecialDay, User, WorkingWeek
from queries import calendars, sites

MAKE_UP_DAY = "调休上班"


def import_holidays(company: Company, year: int, *, since: date = date.min) -> int:
    """Write China's holidays and make-up working days of a year for the whole company; how many days were new.

    Days before `since` are left out; days somebody has already written for the company stay as they are. The days are
    those of the State Council's notice, as the `holidays` library knows them; before the notice (it comes in November)
    only the statutory days.
    """
    with unit_of_work():
        known = set(
            db.session.scalars(
                select(SpecialDay.day).where(SpecialDay.company_id == company.id, SpecialDay.site_id.is_(None))
            )
        )
        missing = [row for row in special_days(year) if row[0] >= since and row[0] not in known]
        db.session.add_all(
            SpecialDay(company_id=company.id, day=day, is_working=is_working, name=name)
            for day, is_working, name in missing
        )
    return len(missing)


def special_days(year: int) -> Iterator[tuple[date, bool, str]]:
    """China's holidays and make-up days of the year: day, whether it is worked, its name."""
    china = holidays.country_holidays("CN", years=year, language="zh_CN")
    for day, name in sorted(china.items()):
        yield day, False, name
    for day in sorted(china.weekend_workdays):
        if day.year == year:
            yield day, True, MAKE_UP_DAY


def import_year(year: int, *, by: User) -> int:
    """Import what is left of a year, from today on, for an administrator's whole company; how many days were new."""
    with unit_of_work():
        company = db.session.scalars(select(Company).where(Company.id == by.company_id)).one()
        number = import_holidays(company, year, since=local_day(now()))
        if number:
            mark_stale([site.id for site in sites.administered_by(by)])
            note("days_imported", by=by, company_id=company.id, subject=str(year), changes={"days": ("", number)})
    return number


def set_week(site: Site, week: Week, valid_from: date, *, by: User) -> None:
    """The working hours of a site from a day (its own) on. Raises Invalid for a past day or a week without work."""
    refuse_past(valid_from, local_day(now(), site.zone), "valid_from")
    refuse_idle(week, "monday")
    spans = [[[f"{opens:%H:%M}", f"{closes:%H:%M}"] for opens, closes in day] for day in week]
    with unit_of_work():
        same_day = select(WorkingWeek).where(WorkingWeek.site_id == site.id, WorkingWeek.valid_from == valid_from)
        row = db.session.scalar(same_day) or WorkingWeek(site_id=site.id, valid_from=valid_from)
        row.spans = spans
        db.session.add(row)
        mark_stale([site.id])
        changes = {str(number): ("", text_of(day)) for number, day in enumerate(week, 1)} | {"from": ("", valid_from)}
        note("week_set", by=by, company_id=site.company_id, subject=site.name, subject_id=site.id, changes=changes)


def set_day(site: Site, day: date, *, is_working: bool, name: str, everywhere: bool, by: User) -> None:
    """Make one day a holiday or a working day, at this site or at all of the company. Raises Invalid for a past day."""
    refuse_past(day, local_day(now(), site.zone))
    with unit_of_work():
        where = None if everywhere else site.id
        row = calendars.special_day(day, company_id=site.company_id, site_id=where)
        row = row or SpecialDay(company_id=site.company_id, site_id=where, day=day)
        row.is_working, row.name = is_working, name
        db.session.add(row)
        mark_stale([one.id for one in sites.administered_by(by)] if everywhere else [site.id])
        note("day_set", by=by, company_id=site.company_id, subject=f"{day} {name}".strip(), subject_id=site.id)


def remove_day(site: Site, id: UUID, *, by: User) -> None:
    """The day is again what the week says. Raises Invalid for a past day or one that is not there."""
    with unit_of_work():
        row = db.session.scalar(select(SpecialDay).where(SpecialDay.id == id, SpecialDay.company_id == site.company_id))
        if row is None:
            raise Invalid("day", N_("There is no such day."))
        refuse_past(row.day, local_day(now(), site.zone))
        db.session.delete(row)
        mark_stale([row.site_id] if row.site_id else [one.id for one in sites.administered_by(by)])
        note(
            "day_removed",
            by=by,
            company_id=site.company_id,
            subject=f"{row.day} {row.name}".strip(),
            subject_id=site.id,
        )
