"""Short ways to tell what happened to a service request, for the tests of the clocks."""

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from domain.calendars import WorkingCalendar
from domain.clocks import Allowance, Clock, Fact, Reading, Standard, readings

OFFICE = WorkingCalendar()
PUMP, PIPE = UUID(int=1), UUID(int=2)  # two jobs
MONDAY = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
C = Clock


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def after(count: float) -> datetime:
    """So many minutes after nine o'clock on a Monday on which people work."""
    return MONDAY + minutes(count)


def any_time(**allowed: int) -> Standard:
    return {Clock(name): Allowance(count, round_the_clock=True) for name, count in allowed.items()}


def working(**allowed: int) -> Standard:
    return {Clock(name): Allowance(count, round_the_clock=False) for name, count in allowed.items()}


EVERY_CLOCK = any_time(acknowledge=5, dispatch=10, arrive=60, contain=120, complete=240, reply=480, follow_up=1440)


def story(*facts: tuple, standard: Standard = EVERY_CLOCK, **registered) -> list[Fact]:
    """Registered at minute 0; then (minute, action, further fields of the fact) one after the other."""
    told = [Fact("register", after(0), 0, standard=standard, **registered)]
    for number, (minute, action, *fields) in enumerate(facts, 1):
        told.append(replace(Fact(action, after(minute), number), **(fields[0] if fields else {})))
    return told


def runs(facts: list[Fact], clock: Clock) -> list[Reading]:
    return [reading for reading in readings(facts, OFFICE) if reading.clock is clock]


def last(facts: list[Fact], clock: Clock) -> Reading:
    return runs(facts, clock)[-1]


ON_PUMP = {"job_id": PUMP}
ON_PIPE = {"job_id": PIPE}
WAITS = {"stops_clock": True}
