"""Writing working calendars."""

from collections.abc import Iterator
from datetime import date

import holidays
from sqlalchemy import select

from actions.unit_of_work import unit_of_work
from extensions import db
from models import Company, SpecialDay

MAKE_UP_DAY = "调休上班"


def import_holidays(company: Company, year: int) -> int:
    """Write China's holidays and make-up working days of a year for the whole company; how many days were new.

    Days somebody has already written for the company stay as they are. The days are those of the State Council's
    notice, as the `holidays` library knows them; before the notice (it comes in November) only the statutory days.
    """
    with unit_of_work():
        known = set(
            db.session.scalars(
                select(SpecialDay.day).where(SpecialDay.company_id == company.id, SpecialDay.site_id.is_(None))
            )
        )
        missing = [row for row in special_days(year) if row[0] not in known]
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
