"""Spans of local days that figures are read for."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from domain.labelled import Labelled
from domain.wording import N_


@dataclass(frozen=True)
class Period:
    """From the first to the last of these local days, both included."""

    since: date
    until: date

    @property
    def days(self) -> list[date]:
        """Every day of it, in order."""
        return [self.since + timedelta(days=n) for n in range((self.until - self.since).days + 1)]

    @property
    def before(self) -> "Period":
        """As many days, just before."""
        length = self.until - self.since + timedelta(days=1)
        return Period(self.since - length, self.until - length)


class PeriodName(Labelled):
    """The periods offered by name."""

    LAST_30_DAYS = "last-30-days", N_("Last 30 days")
    TODAY = "today", N_("Today")
    THIS_WEEK = "this-week", N_("This week")
    THIS_MONTH = "this-month", N_("This month")
    LAST_MONTH = "last-month", N_("Last month")
    LAST_YEAR = "last-365-days", N_("Last 365 days")
    CUSTOM = "custom", N_("Other days")


def _last_month(today: date) -> Period:
    last = today.replace(day=1) - timedelta(days=1)
    return Period(last.replace(day=1), last)


PERIODS: dict[PeriodName, Callable[[date], Period]] = {
    PeriodName.LAST_30_DAYS: lambda today: Period(today - timedelta(days=29), today),
    PeriodName.TODAY: lambda today: Period(today, today),
    PeriodName.THIS_WEEK: lambda today: Period(today - timedelta(days=today.weekday()), today),
    PeriodName.THIS_MONTH: lambda today: Period(today.replace(day=1), today),
    PeriodName.LAST_MONTH: _last_month,
    PeriodName.LAST_YEAR: lambda today: Period(today - timedelta(days=364), today),
}
