"""What one clock shows: when it started, when it is due, and how it ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.labelled import Labelled
from domain.standards import Clock
from domain.wording import N_


class State(Labelled):
    """How one clock stands at a moment."""

    RUNNING = "running", N_("Running")
    PAUSED = "paused", N_("Paused")
    MET = "met", N_("In time")
    LATE = "late", N_("Late")
    NOT_SET = "not_set", N_("No deadline")
    VOID = "void", N_("Not applicable")


@dataclass(frozen=True, slots=True)
class Reading:
    """One run of one clock. All moments are aware UTC.

    round       1, and one more after each reopening
    due_at      the last moment in time; None without a deadline. While paused: as it stood when the pause began
    warn_at     when the holder is warned; None without a deadline
    stopped_at  None while the clock runs
    paused      it waits, and it was not late when the waiting began
    remaining   what was left when the pause began, in the time of the allowance; None unless paused with a deadline
    void        it ended without a verdict: cancelled, merged, or no longer asked for
    """

    clock: Clock
    round: int
    started_at: datetime
    due_at: datetime | None
    warn_at: datetime | None
    stopped_at: datetime | None = None
    paused: bool = False
    remaining: timedelta | None = None
    void: bool = False

    @property
    def is_met(self) -> bool:
        """It stopped, and in time."""
        return self.stopped_at is not None and self.state(self.stopped_at) is State.MET

    def is_late(self, now: datetime) -> bool:
        """It stopped after its deadline, or still runs past it."""
        if self.due_at is None or self.void or self.paused:
            return False
        return (self.stopped_at or now) > self.due_at

    def state(self, now: datetime) -> State:
        if self.void:
            return State.VOID
        if self.due_at is None:
            return State.NOT_SET
        if self.is_late(now):
            return State.LATE
        if self.stopped_at is not None:
            return State.MET
        return State.PAUSED if self.paused else State.RUNNING

    def left(self, now: datetime) -> timedelta | None:
        """The time to the deadline on the wall clock, negative when late by that much; None without a deadline.

        It stands still once the clock has stopped. While paused it is `remaining`.
        """
        if self.due_at is None or self.paused:
            return self.remaining
        return self.due_at - (self.stopped_at or now)


def next_reading(readings: Iterable[Reading]) -> Reading | None:
    """The clock to look at next: of those that run towards a deadline the one due first, paused ones last."""
    open_ones = [r for r in readings if r.stopped_at is None and r.due_at is not None]
    return min(open_ones, key=lambda r: (r.paused, r.due_at), default=None)
