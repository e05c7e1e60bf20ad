"""What a service standard promises: for each clock, how long it may run and in whose time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from domain.labelled import Labelled
from domain.wording import N_


class Clock(Labelled):
    """The clocks of a service request, in the order in which they usually stop."""

    ACKNOWLEDGE = "acknowledge", N_("Acknowledgement")
    DISPATCH = "dispatch", N_("Dispatching")
    ARRIVE = "arrive", N_("Arrival")
    CONTAIN = "contain", N_("Containment")
    COMPLETE = "complete", N_("Completion")
    REPLY = "reply", N_("Reply to the resident")
    FOLLOW_UP = "follow_up", N_("Follow-up")
    PROMISE = "promise", N_("Promise")


BY_STANDARD = tuple(clock for clock in Clock if clock is not Clock.PROMISE)  # a promise says itself until when


@dataclass(frozen=True, slots=True)
class Allowance:
    """How long a clock may run: minutes of working time, or of any time when `round_the_clock`.

    The holder is warned after `warn_percent` of it, in whole minutes rounded down: rather a moment early.
    Raises ValueError for less than a minute and for a share outside 1 to 100.
    """

    minutes: int
    round_the_clock: bool
    warn_percent: int = 70

    def __post_init__(self) -> None:
        if self.minutes < 1:
            raise ValueError(f"an allowance is at least a minute, not {self.minutes}")
        if not 1 <= self.warn_percent <= 100:
            raise ValueError(f"a warning comes after 1 to 100 percent, not {self.warn_percent}")

    @property
    def length(self) -> timedelta:
        return timedelta(minutes=self.minutes)

    @property
    def warning(self) -> timedelta:
        return timedelta(minutes=self.minutes * self.warn_percent // 100)


# A clock that is missing runs without a deadline.
Standard = Mapping[Clock, Allowance]
