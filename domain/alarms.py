"""When somebody is warned that a clock runs out, and who learns it on each step of the ladder after it has.

A clock warns once before its deadline, and breaches three times: at the deadline, when half the allowance has passed
again, and, for what must never wait, when all of it has. The allowance is counted here on the wall clock, from the
start of the clock to its deadline: who has to wait through a week-end is not told four times during it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.labelled import Labelled
from domain.readings import Reading
from domain.service_classes import ServiceClass
from domain.standards import Clock
from domain.wording import N_

STALE_AFTER = timedelta(days=7)  # an alarm older than this is history (an import, a restored backup), not news
_NEVER_WAITS = frozenset({ServiceClass.EMERGENCY, ServiceClass.SERIOUS_COMPLAINT})


class Step(Labelled):
    """The steps of the ladder. `near` is a warning; the others are breaches, each told to somebody higher."""

    NEAR = "near", N_("Deadline near")
    PASSED = "passed", N_("Deadline passed")
    HALF_AGAIN = "half_again", N_("Late by half the time allowed")
    TWICE = "twice", N_("Late by all the time allowed")


@dataclass(frozen=True)
class Alarm:
    """One step for one run of one clock, and the moment (UTC) at which it is raised."""

    clock: Clock
    round: int
    step: Step
    at: datetime

    @property
    def action(self) -> str:
        """The name of the lifecycle action that records it."""
        return "warn" if self.step is Step.NEAR else "breach"

    @property
    def details(self) -> dict[str, str | int]:
        """What the event keeps of it."""
        return {"clock": self.clock.value, "round": self.round, "step": self.step.value}


def alarms(readings: Iterable[Reading], service_class: ServiceClass) -> list[Alarm]:
    """All steps of all clocks that still run towards a deadline, past and to come, in the order of their moments."""
    running = [r for r in readings if r.stopped_at is None and not r.void and not r.paused]
    found = [
        Alarm(reading.clock, reading.round, step, at)
        for reading in running
        for step, at in ladder(reading, service_class)
    ]
    return sorted(found, key=lambda alarm: alarm.at)


def ladder(reading: Reading, service_class: ServiceClass) -> list[tuple[Step, datetime]]:
    """The moments of each step of one clock; none without a deadline."""
    if reading.due_at is None or reading.warn_at is None:
        return []
    allowed = reading.due_at - reading.started_at
    steps = [
        (Step.NEAR, reading.warn_at),
        (Step.PASSED, reading.due_at),
        (Step.HALF_AGAIN, reading.due_at + allowed / 2),
    ]
    if service_class in _NEVER_WAITS:
        steps.append((Step.TWICE, reading.due_at + allowed))
    return steps


def outstanding(
    all_alarms: Iterable[Alarm], raised: Iterable[tuple[str, int, str]], now: datetime
) -> tuple[list[Alarm], datetime | None]:
    """The alarms to raise now, and the moment of the next one (None: no more).

    `raised` are the (clock, round, step) already in the history. A warning whose deadline has passed meanwhile is left
    out: the breach says it better. What is stale is left out too.
    """
    known, every_one = set(raised), list(all_alarms)
    passed = {(a.clock, a.round) for a in every_one if a.step is Step.PASSED and a.at <= now}
    new = [a for a in every_one if (a.clock.value, a.round, a.step.value) not in known]
    due = [a for a in new if a.at <= now and now - a.at <= STALE_AFTER]
    due = [a for a in due if a.step is not Step.NEAR or (a.clock, a.round) not in passed]
    return due, min((a.at for a in new if a.at > now), default=None)
