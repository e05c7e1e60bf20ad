"""When somebody is warned that a clock runs out, and who learns it on each step of the ladder after it has.

A clock warns once before its deadline, and breaches three times: at the deadline, when half the allowance has passed
again, and, for what must never wait, when all of it has. The allowance is counted here on the wall clock, from the
start of the clock to its deadline: who has to wait through a week-end is not told four times during it. A promise has
no ladder: whoever gave it is warned, and told when it is broken.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

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
    """Something the product says by itself at a moment (UTC), once.

    action  the lifecycle action that records it
    key     no other alarm of the same request has it
    details what the event keeps of it
    better  the key of an alarm that, once its moment has come, says it better
    """

    action: str
    key: str
    at: datetime
    details: Mapping[str, Any]
    better: str = ""


def alarms(readings: Iterable[Reading], service_class: ServiceClass) -> list[Alarm]:
    """All steps of all clocks that still run towards a deadline, past and to come, in the order of their moments."""
    found, begun = [], set()
    for reading in readings:
        # A clock may run a second time within a round, and promises run side by side: these are told by their start.
        again = "" if (reading.clock, reading.round) not in begun else f" {reading.started_at.isoformat()}"
        begun.add((reading.clock, reading.round))
        if reading.stopped_at is None and not reading.void and not reading.paused:
            found += [alarm_of(reading, step, at, again) for step, at in ladder(reading, service_class)]
    return sorted(found, key=lambda alarm: alarm.at)


def alarm_of(reading: Reading, step: Step, at: datetime, again: str) -> Alarm:
    """One step for one run of one clock; `since` is when the run began."""
    is_near = step is Step.NEAR
    return Alarm(
        action="warn" if is_near else "breach",
        key=f"{reading.clock} {reading.round} {step}{again}",
        at=at,
        details={
            "clock": reading.clock.value, "round": reading.round, "step": step.value,
            "since": reading.started_at.isoformat(),
        },
        better=f"{reading.clock} {reading.round} {Step.PASSED}{again}" if is_near else "",
    )  # fmt: skip


def ladder(reading: Reading, service_class: ServiceClass) -> list[tuple[Step, datetime]]:
    """The moments of each step of one clock; none without a deadline."""
    if reading.due_at is None or reading.warn_at is None:
        return []
    allowed = reading.due_at - reading.started_at
    steps = [(Step.NEAR, reading.warn_at), (Step.PASSED, reading.due_at)]
    if reading.clock is not Clock.PROMISE:
        steps.append((Step.HALF_AGAIN, reading.due_at + allowed / 2))
        if service_class in _NEVER_WAITS:
            steps.append((Step.TWICE, reading.due_at + allowed))
    return steps


def recall(called_at: datetime, next_try_at: datetime) -> Alarm:
    """The moment at which a resident who did not answer is to be called again."""
    return Alarm("call_again", f"call again {next_try_at.isoformat()}", next_try_at, {"since": called_at.isoformat()})


def outstanding(
    all_alarms: Iterable[Alarm], raised: Collection[str], now: datetime
) -> tuple[list[Alarm], datetime | None]:
    """The alarms to raise now, and the moment of the next one (None: no more).

    `raised` are the keys of those in the history. A warning whose deadline has passed meanwhile is left out: the breach
    says it better. What is stale is left out too.
    """
    every_one = list(all_alarms)
    passed = {alarm.key for alarm in every_one if alarm.at <= now}
    new = [alarm for alarm in every_one if alarm.key not in raised]
    due = [a for a in new if a.at <= now and now - a.at <= STALE_AFTER and a.better not in passed]
    return due, min((alarm.at for alarm in new if alarm.at > now), default=None)
