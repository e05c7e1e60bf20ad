"""One run of one clock: it starts, may pause, may be given another allowance, and stops once.

What is decided stays: a deadline that has passed moves no more, whatever comes after it.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.calendars import ROUND_THE_CLOCK, Calendar
from domain.readings import Reading
from domain.standards import Allowance, Clock

WARN_PERCENT_OF_A_GIVEN_DEADLINE = 70


@dataclass(frozen=True, slots=True)
class Deadline:
    due_at: datetime
    warn_at: datetime
    calendar: Calendar

    @classmethod
    def allowed(cls, start: datetime, allowance: Allowance, working_hours: Calendar) -> "Deadline":
        """The deadline of an allowance that begins at start."""
        calendar = ROUND_THE_CLOCK if allowance.round_the_clock else working_hours
        return cls(calendar.add(start, allowance.length), calendar.add(start, allowance.warning), calendar)

    @classmethod
    def given(cls, start: datetime, due_at: datetime) -> "Deadline":
        """A deadline set outside. Nobody told us in whose time, so every minute counts."""
        warn_at = start + (due_at - start) * WARN_PERCENT_OF_A_GIVEN_DEADLINE / 100
        return cls(due_at, min(warn_at, due_at), ROUND_THE_CLOCK)

    def left(self, moment: datetime) -> timedelta:
        return self.calendar.working_time(moment, self.due_at)

    def after_pause(self, paused_at: datetime, resumed_at: datetime) -> "Deadline":
        """The same time is left on resuming as on pausing; a moment already past stays where it is."""

        def moved(moment: datetime) -> datetime:
            if moment < paused_at:
                return moment
            return self.calendar.add(resumed_at, self.calendar.working_time(paused_at, moment))

        return Deadline(moved(self.due_at), moved(self.warn_at), self.calendar)


@dataclass(slots=True)
class Stopwatch:
    clock: Clock
    round: int
    started_at: datetime
    working_hours: Calendar
    deadline: Deadline | None = None
    deadline_is_given: bool = False
    pauses: list[tuple[datetime, datetime]] = field(default_factory=list)
    paused_at: datetime | None = None
    stopped_at: datetime | None = None
    void: bool = False

    def is_late(self, now: datetime) -> bool:
        return self.deadline is not None and (self.paused_at or now) > self.deadline.due_at

    def pause(self, now: datetime) -> None:
        if not self.is_late(now):
            self.paused_at = now

    def resume(self, now: datetime) -> None:
        if self.paused_at is None:
            return
        self.pauses.append((self.paused_at, now))
        if self.deadline:
            self.deadline = self.deadline.after_pause(self.paused_at, now)
        self.paused_at = None

    def allow(self, now: datetime, allowance: Allowance | None) -> None:
        """Another allowance holds from now on, and nobody becomes late by it.

        Longer: as if it had held from the start, pauses included. Shorter: what was due before stays due, but no later
        than the new allowance counted from now. Compared by the moment due, since minutes of two calendars differ.
        """
        if self.deadline_is_given or self.is_late(now):
            return
        if allowance is None:
            self.deadline = None
            return
        from_now = Deadline.allowed(self.paused_at or now, allowance, self.working_hours)  # a paused clock stands still
        if self.deadline is None:
            self.deadline = from_now
            return
        from_start = Deadline.allowed(self.started_at, allowance, self.working_hours)
        for pause in self.pauses:
            from_start = from_start.after_pause(*pause)
        if from_start.due_at >= self.deadline.due_at:
            self.deadline = from_start
        elif from_now.due_at < self.deadline.due_at:
            self.deadline = from_now

    def stop(self, now: datetime) -> None:
        self.resume(now)
        self.stopped_at = now

    def give_up(self, now: datetime) -> None:
        """It is no longer asked for: late if it was late by now, otherwise without a verdict."""
        self.void = not self.is_late(now)
        self.stop(now)

    def reading(self) -> Reading:
        deadline = self.deadline
        return Reading(
            clock=self.clock,
            round=self.round,
            started_at=self.started_at,
            due_at=deadline.due_at if deadline else None,
            warn_at=deadline.warn_at if deadline else None,
            stopped_at=self.stopped_at,
            paused=self.paused_at is not None,
            remaining=deadline.left(self.paused_at) if deadline and self.paused_at else None,
            void=self.void,
        )
