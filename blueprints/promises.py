"""What a resident was promised, as the card of the request and the page of a job show it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from domain.clocks import Clock, Reading


@dataclass(frozen=True)
class Promised:
    """The event by which somebody promised it, and how it stands."""

    event: Any
    run: Reading

    @property
    def words(self) -> str:
        """What was promised."""
        return str(self.event.details["words"])


def promises_of(service_request: Any, readings: Iterable[Reading]) -> list[Promised]:
    """The promises, the latest first: each began one run of their clock, in the same order."""
    said = [event for event in service_request.events if event.action == "promise" and event.details.get("due_at")]
    runs = [reading for reading in readings if reading.clock is Clock.PROMISE]
    return [Promised(event, run) for event, run in zip(said, runs, strict=True)][::-1]


def to_be_kept(service_request: Any, readings: Iterable[Reading]) -> list[Promised]:
    """Those nobody has kept yet, the first due first."""
    open_ones = [one for one in promises_of(service_request, readings) if not (one.run.stopped_at or one.run.void)]
    return sorted(open_ones, key=lambda one: str(one.run.due_at))
