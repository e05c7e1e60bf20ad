"""Working time between two moments.

Holidays and make-up days come in as data. Moments are aware datetimes of any zone; answers are aware and in UTC.
Spans are wall-clock times of the calendar's zone, lengths are time that really passed, so a day on which the clocks
are put forward or back counts what could be worked on it.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

Span = tuple[time, time]
Week = tuple[tuple[Span, ...], ...]

ZERO = timedelta(0)
ONE_DAY = timedelta(days=1)

# The source says 8:30 to 17:30 and leaves the lunch break open; an hour and a half from noon is usual at estates.
OFFICE_HOURS: tuple[Span, ...] = ((time(8, 30), time(12)), (time(13, 30), time(17, 30)))
MONDAY_TO_FRIDAY: Week = (OFFICE_HOURS,) * 5 + ((),) * 2


class NoWorkingTime(ValueError):
    """A calendar in which nobody ever works can measure nothing."""


class Calendar(Protocol):
    """What every calendar answers."""

    def is_working(self, moment: datetime) -> bool:
        """Is this moment inside working time? A span holds its first moment and not its last."""
        ...

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        """The working time from start to end; negative when end comes first."""
        ...

    def add(self, start: datetime, allowance: timedelta) -> datetime:
        """The first moment at which this much working time has passed since start; start itself for nothing.

        Raises ValueError for a negative allowance.
        """
        ...


def not_negative(allowance: timedelta) -> timedelta:
    if allowance < ZERO:
        raise ValueError(f"an allowance cannot be negative: {allowance}")
    return allowance


def follow_one_another(spans: tuple[Span, ...]) -> bool:
    """Each span ends after it began and before the next begins; 00:00 at the end is midnight."""
    reached = time.min
    for number, (opens, closes) in enumerate(spans, 1):
        lasts_to_midnight = closes == time.min and number == len(spans)
        if opens < reached or not (opens < closes or lasts_to_midnight):
            return False
        reached = closes
    return True


def refuse_impossible(week: Week) -> None:
    """Raises NoWorkingTime for an empty week and ValueError for one that cannot be."""
    if len(week) != 7:
        raise ValueError(f"a week has seven days, not {len(week)}")
    if not any(week):
        raise NoWorkingTime("the week of this calendar has no working time at all")
    for spans in week:
        if not follow_one_another(spans):
            raise ValueError(f"the spans of a day must follow one another: {spans}")


class RoundTheClock:
    """Every minute counts."""

    def is_working(self, moment: datetime) -> bool:
        return True

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        return end.astimezone(UTC) - start.astimezone(UTC)  # two moments of one zone would be subtracted by wall clock

    def add(self, start: datetime, allowance: timedelta) -> datetime:
        return start.astimezone(UTC) + not_negative(allowance)


ROUND_THE_CLOCK = RoundTheClock()


@dataclass(frozen=True)
class WorkingCalendar:
    """The working hours of one site.

    `week` lists the spans of Monday to Sunday in order; a span that ends at 00:00 lasts until midnight. `later_weeks`
    are the weeks that take its place, each from a day on, earliest first: the past keeps the hours it had. Nobody works
    on `holidays`. A day in `make_up_days` is worked like the first working day of the week, even if it is a holiday.
    Days are remembered once laid out: keep a calendar and ask it often. Raises NoWorkingTime for an empty week and
    ValueError for spans that overlap or are out of order.
    """

    zone: str = "Asia/Shanghai"
    week: Week = MONDAY_TO_FRIDAY
    later_weeks: tuple[tuple[date, Week], ...] = ()
    holidays: frozenset[date] = frozenset()
    make_up_days: frozenset[date] = frozenset()
    _laid_out: dict[date, tuple[tuple[datetime, datetime], ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def __post_init__(self) -> None:
        for week in (self.week, *(week for _, week in self.later_weeks)):
            refuse_impossible(week)

    def is_working(self, moment: datetime) -> bool:
        return any(opens <= moment < closes for opens, closes in self._spans(self._day_of(moment)))

    def working_time(self, start: datetime, end: datetime) -> timedelta:
        if end < start:
            return -self.working_time(end, start)
        start, end = start.astimezone(UTC), end.astimezone(UTC)  # moments of one zone compare much faster
        total, day, last = ZERO, self._day_of(start), self._day_of(end)
        while day <= last:
            for opens, closes in self._spans(day):
                if opens < end and start < closes:
                    total += min(closes, end) - max(opens, start)
            day += ONE_DAY
        return total

    def add(self, start: datetime, allowance: timedelta) -> datetime:
        start, left = start.astimezone(UTC), not_negative(allowance)
        if not left:
            return start
        day = self._day_of(start)
        while True:  # ends: after the last holiday every week brings working time
            for opens, closes in self._spans(day):
                begins = max(opens, start)
                if left <= closes - begins:
                    return begins + left
                left -= max(closes - begins, ZERO)
            day += ONE_DAY

    def _day_of(self, moment: datetime) -> date:
        return moment.astimezone(ZoneInfo(self.zone)).date()

    def _spans(self, day: date) -> tuple[tuple[datetime, datetime], ...]:
        spans = self._laid_out.get(day)
        if spans is None:
            spans = self._laid_out[day] = tuple(self._lay_out(day))
        return spans

    def _lay_out(self, day: date) -> list[tuple[datetime, datetime]]:
        """The spans of a day in UTC. Where clocks jump, no moment is counted twice, neither here nor by a neighbour."""
        after, tomorrow = self._moment(day, time.min), self._moment(day + ONE_DAY, time.min)
        spans = []
        for opens, closes in self.hours_of(day):
            begins = max(self._moment(day, opens), after)
            ends = tomorrow if closes == time.min else min(self._moment(day, closes), tomorrow)
            if begins < ends:
                spans.append((begins, ends))
                after = ends
        return spans

    def hours_of(self, day: date) -> tuple[Span, ...]:
        """The spans of this day, in wall-clock times; none when nobody works."""
        week = self.week_on(day)
        if day in self.make_up_days:
            return next(spans for spans in week if spans)
        return () if day in self.holidays else week[day.weekday()]

    def week_on(self, day: date) -> Week:
        """The week that is in force on this day."""
        begun = [week for first_day, week in self.later_weeks if first_day <= day]
        return begun[-1] if begun else self.week

    def weeks_from(self, day: date) -> list[tuple[date | None, Week]]:
        """The week in force on this day, and those that will take its place, with their first days."""
        return [(None, self.week_on(day)), *((first, week) for first, week in self.later_weeks if first > day)]

    def _moment(self, day: date, wall_time: time) -> datetime:
        return datetime.combine(day, wall_time, ZoneInfo(self.zone)).astimezone(UTC)
