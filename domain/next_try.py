"""When a resident who did not answer is called again: read from the events, like the clocks."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from domain.days import moment_of

# The resident was spoken to, or nobody waits for the call any more.
_OVER = frozenset({"reply", "promise", "close", "close_without_call", "reopen", "cancel", "merge"})


class Happened(Protocol):
    """What is read of an event."""

    @property
    def action(self) -> Any: ...
    @property
    def details(self) -> Any: ...
    @property
    def happened_at(self) -> Any: ...


@dataclass(frozen=True)
class NextTry:
    """When it was said that somebody tries again, and when that is (aware UTC)."""

    said_at: datetime
    at: datetime


def next_try(events: Iterable[Happened]) -> NextTry | None:
    """The call still to be made after these events, told in the order they happened; None if there is none."""
    found = None
    for event in events:
        if event.action == "call_not_answered":
            at = moment_of(event.details.get("next_try_at"))
            found = NextTry(event.happened_at, at) if at else None
        elif event.action in _OVER or event.details.get("audience") == "resident":
            found = None
    return found
