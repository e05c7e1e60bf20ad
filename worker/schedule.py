"""The timetable, as data: what the worker does without being asked.

Every task looks for its own work and may run twice, so running late, early or once more does no harm.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.days import DEFAULT_ZONE


@dataclass(frozen=True)
class Every:
    """A task done again and again, at even distances."""

    interval: timedelta
    task: str

    def slot(self, now: datetime) -> datetime:
        """The latest moment up to now at which the task was to be done."""
        seconds = int(self.interval.total_seconds())
        return datetime.fromtimestamp(int(now.timestamp()) // seconds * seconds, now.tzinfo)


@dataclass(frozen=True)
class Daily:
    """A task done once a day, at this time of the company's wall clock."""

    at: time
    task: str

    def slot(self, now: datetime) -> datetime:
        """The latest moment up to now at which the task was to be done."""
        zone = ZoneInfo(DEFAULT_ZONE)
        local = now.astimezone(zone)
        day = local.date() if local.time() >= self.at else local.date() - timedelta(days=1)
        return datetime.combine(day, self.at, zone).astimezone(now.tzinfo)


TIMETABLE: tuple[Every | Daily, ...] = (
    Every(timedelta(seconds=10), "sweep_deadlines"),  # an emergency has two minutes to be dispatched
    Every(timedelta(seconds=20), "beat"),
    Every(timedelta(minutes=1), "tell"),  # what a silent Redis missed
    Every(timedelta(minutes=1), "send"),
    Every(timedelta(minutes=1), "resume_held_jobs"),
    Every(timedelta(minutes=1), "recount_clocks"),
    Every(timedelta(minutes=1), "rebuild_figures"),  # days on which a clock has run out, and what a silent Redis missed
    Daily(time(2, 30), "rebuild_recent_figures"),
    Daily(time(3, 30), "forget_orphans"),
)
