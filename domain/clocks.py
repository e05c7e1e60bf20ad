"""The clocks of a service request, computed from its events.

Everything is read from the facts in the order in which they happened, so a fact that reaches us late falls into its
place, and reading twice shows the same. Nothing here is stored and nothing asks for the time.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.calendars import Calendar
from domain.facts import Fact
from domain.readings import Reading, State, next_reading
from domain.standards import Allowance, Clock, Standard
from domain.stopwatch import Deadline, Stopwatch

__all__ = ["Allowance", "Clock", "Fact", "Reading", "Standard", "State", "next_reading", "readings"]

C = Clock
WORK = frozenset({C.ARRIVE, C.CONTAIN, C.COMPLETE})  # these wait while every open job waits
ALL = frozenset(C)

STARTS = {
    "register": (C.ACKNOWLEDGE, C.DISPATCH, C.ARRIVE, C.CONTAIN, C.COMPLETE, C.REPLY),
    "reopen": (C.DISPATCH, C.ARRIVE, C.CONTAIN, C.COMPLETE, C.REPLY),
    "send_back": (C.DISPATCH,),
    "conclude": (C.FOLLOW_UP,),
    "reply": (C.FOLLOW_UP,),
}

STOPS = {
    "accept": {C.ACKNOWLEDGE},
    "dispatch": {C.ACKNOWLEDGE, C.DISPATCH},
    "arrive": {C.ARRIVE},
    "complete": {C.ARRIVE},
    "conclude": {C.CONTAIN, C.COMPLETE},
    "reply": {C.ACKNOWLEDGE, C.DISPATCH, C.COMPLETE, C.REPLY},
    "close": {C.REPLY, C.FOLLOW_UP},
    "close_without_call": {C.FOLLOW_UP},
    "reopen": {C.FOLLOW_UP},
}

# What no longer can or need happen after the action.
GIVES_UP = {
    "conclude": ALL - {C.REPLY, C.FOLLOW_UP},
    "reply": ALL,
    "close": ALL,
    "close_without_call": ALL,
    "reopen": ALL,
    "cancel": ALL,
    "merge": ALL,
}

# A promise is kept by what the resident was waiting for, and outlives a reopening.
KEEPS_PROMISE = {"conclude", "reply", "close", "close_without_call"}
FREES_OF_PROMISE = {"cancel", "merge"}

ENDS_JOB = {"return", "complete", "cancel_job"}
RESUMES_JOB = {"assign", "transfer", "take", "acknowledge", "arrive", "resume"}

ONLY_WORDS = {"annotate", "chase", "escalate"}


def says_something_to_clocks(action: str, details: Mapping[str, Any]) -> bool:
    """Whether any clock could start, stop or change by it. A note moves one only when the resident was told."""
    return action not in ONLY_WORDS or details.get("audience") == "resident"


def readings(facts: Iterable[Fact], calendar: Calendar) -> tuple[Reading, ...]:
    """Every run of every clock, in the order in which they started.

    `calendar` holds the site's working hours; allowances round the clock do not ask it. Facts may come in any order.
    """
    desk = _Desk(calendar)
    for fact in sorted(facts, key=lambda f: (f.happened_at, f.sequence)):
        desk.hear(fact)
    return tuple(watch.reading() for watch in desk.watches)


class _Desk:
    """A row of stopwatches beside somebody who is told one fact after the other."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.watches: list[Stopwatch] = []
        self.running: dict[Clock, Stopwatch] = {}
        self.promises: list[Stopwatch] = []
        self.round = 0
        self.standard: Standard = {}
        self.given_due: dict[Clock, datetime] = {}
        self.open_jobs: dict[UUID, bool] = {}  # does the job wait with the clock stopped?
        self.waiting = False

    def hear(self, fact: Fact) -> None:
        self.follow_jobs(fact)
        self.end(fact)
        if fact.standard is not None:
            self.standard = fact.standard
            for watch in self.running.values():
                watch.allow(fact.happened_at, self.standard.get(watch.clock))
        if fact.action in ("register", "reopen"):
            self.round += 1
            self.given_due = dict(fact.given_due)
        for clock in STARTS.get(fact.action, ()):
            self.start(clock, fact.happened_at)
        if fact.promised_for:
            self.promise(fact.happened_at, fact.promised_for)

    def follow_jobs(self, fact: Fact) -> None:
        """Work waits while at least one job is open and every open job waits."""
        if fact.action in GIVES_UP:
            self.open_jobs.clear()
        elif fact.action == "dispatch" and fact.job_id:
            self.open_jobs[fact.job_id] = False
        elif fact.job_id in self.open_jobs:
            if fact.action in ENDS_JOB:
                del self.open_jobs[fact.job_id]
            elif fact.action in RESUMES_JOB:
                self.open_jobs[fact.job_id] = False
            elif fact.action == "hold":
                self.open_jobs[fact.job_id] = fact.stops_clock
        waiting = bool(self.open_jobs) and all(self.open_jobs.values())
        if waiting != self.waiting:
            self.waiting = waiting
            for clock in WORK & self.running.keys():
                watch = self.running[clock]
                (watch.pause if waiting else watch.resume)(fact.happened_at)

    def end(self, fact: Fact) -> None:
        stopped = set(STOPS.get(fact.action, ()))
        if fact.contained:
            stopped.add(C.CONTAIN)
        if fact.tells_resident and fact.by_centre:
            stopped.add(C.REPLY)
        for clock in stopped & self.running.keys():
            self.running.pop(clock).stop(fact.happened_at)
        for clock in GIVES_UP.get(fact.action, frozenset()) & self.running.keys():
            self.running.pop(clock).give_up(fact.happened_at)

        if fact.action in KEEPS_PROMISE | FREES_OF_PROMISE:
            for watch in self.promises:
                (watch.stop if fact.action in KEEPS_PROMISE else watch.give_up)(fact.happened_at)
            self.promises = []

    def promise(self, now: datetime, due_at: datetime) -> None:
        """Each promise runs for itself: the next one does not undo it."""
        watch = Stopwatch(
            C.PROMISE, self.round, now, self.calendar, Deadline.given(now, due_at), deadline_is_given=True
        )
        self.watches.append(watch)
        self.promises.append(watch)

    def start(self, clock: Clock, now: datetime) -> None:
        if clock in self.running:
            return
        due_at, allowance = self.given_due.pop(clock, None), self.standard.get(clock)
        watch = Stopwatch(clock, self.round, now, self.calendar)
        if due_at is not None:
            watch.deadline, watch.deadline_is_given = Deadline.given(now, due_at), True
        elif allowance is not None:
            watch.deadline = Deadline.allowed(now, allowance, self.calendar)
        self.watches.append(watch)
        self.running[clock] = watch
