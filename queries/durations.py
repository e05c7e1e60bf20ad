"""How long the steps took: the median, and the time within which nine of ten were done."""

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, or_, select

from domain.measures import STEPS, Source
from domain.standards import Clock
from extensions import db
from models import ClockReading
from queries.figure_scope import Scope
from queries.local_time import seconds_of
from queries.measures import CONDITIONS, TABLES

Run = ClockReading
IS_FINISHED_STEP = or_(*(CONDITIONS[f"{clock}_stopped"] for clock in STEPS))
STEP = 1.05  # each bucket of lengths is so much longer than the one before: read by its middle, at most 2.5 % wrong


@dataclass(frozen=True)
class Durations:
    """Of the finished runs of one clock, in seconds: what half of them, and nine tenths, did not exceed."""

    count: int
    median: int
    nine_tenths: int


def of_steps(scope: Scope) -> Mapping[Clock, Durations]:
    """The durations of each step that was finished at all, exact to the second. One statement."""
    length = seconds_of(Run.stopped_at) - seconds_of(Run.started_at)
    ranked = (
        select(
            Run.clock,
            length.label("length"),
            func.row_number().over(partition_by=Run.clock, order_by=length).label("rank"),
            func.count().over(partition_by=Run.clock).label("count"),
        )
        .select_from(TABLES[Source.RUNS])
        .where(*scope.conditions(), IS_FINISHED_STEP)
        .subquery()
    )
    c = ranked.c
    # The rank of a share is the share of the count, rounded up: integers, the same in both databases.
    median, nine_tenths = (c["count"] + 1) // 2, (c["count"] * 9 + 9) // 10
    asked = (
        select(
            c.clock,
            func.max(c["count"]),
            func.max(c.length).filter(c.rank == median),
            func.max(c.length).filter(c.rank == nine_tenths),
        )
        .where(or_(c.rank == median, c.rank == nine_tenths))
        .group_by(c.clock)
    )
    return {clock: Durations(*numbers) for clock, *numbers in db.session.execute(asked)}


def buckets_of(scope: Scope) -> dict[str, Counter[int]]:
    """By clock, how many finished steps took about how long. One statement; for the few requests of some days."""
    length = seconds_of(Run.stopped_at) - seconds_of(Run.started_at)
    asked = select(Run.clock, length).select_from(TABLES[Source.RUNS]).where(*scope.conditions(), IS_FINISHED_STEP)
    found: dict[str, Counter[int]] = {}
    if not scope.days:
        return found
    for clock, seconds in db.session.execute(asked):
        found.setdefault(clock, Counter())[bucket_of(seconds)] += 1
    return found


def bucket_of(seconds: int) -> int:
    """The bucket of a length; -1 for none at all."""
    return int(math.log(seconds, STEP)) if seconds >= 1 else -1


def read(buckets: Mapping[str, Counter[int]]) -> dict[Clock, Durations]:
    """About what half of them, and nine tenths, did not exceed."""
    return {
        Clock(clock): Durations(numbers.total(), _at(numbers, 5), _at(numbers, 9)) for clock, numbers in buckets.items()
    }


def _at(numbers: Counter[int], tenths: int) -> int:
    rank, seen = -(-numbers.total() * tenths // 10), 0
    for bucket in sorted(numbers):
        seen += numbers[bucket]
        if seen >= rank:
            return round(STEP ** (bucket + 0.5)) if bucket >= 0 else 0
    return 0
