"""All figures of one page."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import func, literal, union_all

from domain.measures import MEASURES
from domain.periods import Period
from domain.standards import Clock
from models import IS_OPEN
from queries import daily_figures, durations, statistics
from queries.breakdowns import ALL_LINES
from queries.daily_figures import Kept
from queries.durations import Durations
from queries.figure_scope import Scope
from queries.queue import in_queue_of
from queries.queue_filters import conditions
from queries.reach import STATEMENTS
from queries.statistics import ALL, BEFORE, ZERO, Counts, Lines

MOST_LIVE = 15  # days of a site; where more have no figures yet, counting all of them in one go is quicker


@dataclass(frozen=True)
class Figures:
    """The measures of a scope, those of as many days before it, its lines, and the lengths of its steps."""

    whole: Counts
    before: Counts
    lines: Lines
    steps: Mapping[Clock, Durations]
    open_now: int  # whenever registered
    is_about: bool = False  # the lengths are right within 2.5 %; else to the second


def of(scope: Scope, now: datetime, by: Collection[str] = ALL_LINES) -> Figures:
    """The figures at a moment (aware), for statistics/overview.html.

    Only lines `by` these breakdowns are counted. Days whose daily figures hold are read from them; today, and days
    something happened to since, are counted live.
    """
    if daily_figures.are_kept(scope):
        kept = daily_figures.kept(scope, now)
        if len(kept.live) <= MOST_LIVE * len(scope.sites):
            return _from_days(scope, kept, now, by)
    return counted(scope, now, by)


def counted(scope: Scope, now: datetime, by: Collection[str] = ALL_LINES) -> Figures:
    """The figures counted from the rows themselves."""
    before = replace(scope, period=scope.period.before)
    found = statistics.counted({ALL: scope, BEFORE: before}, scope, now, open_now(scope), by=by)
    return _figures(found, durations.of_steps(scope))


def _from_days(scope: Scope, kept: Kept, now: datetime, by: Collection[str]) -> Figures:
    """Daily figures, and what must be counted live."""
    found = statistics.summed(_statement(scope, tuple(kept.live), frozenset(by)), now)
    lengths = kept.lengths
    for clock, more in durations.buckets_of(_live(scope, scope.period, kept.live)).items():
        lengths.setdefault(clock, Counter()).update(more)
    return _figures(found, durations.read(lengths), is_about=True)


@lru_cache(STATEMENTS)
def _statement(scope: Scope, live: Sequence[tuple[UUID, date]], by: frozenset[str]) -> Any:
    """All of them, run as one."""
    here, before = (_live(scope, period, live) for period in (scope.period, scope.period.before))
    counted = statistics.parts({ALL: here, BEFORE: before}, here, by)
    return union_all(*counted, open_now(scope), *daily_figures.parts(scope, live, by))


def _live(scope: Scope, period: Period, live: Sequence[tuple[UUID, date]]) -> Scope:
    """The days of a period that must be counted live."""
    return replace(scope, period=period, only=tuple(pair for pair in live if period.since <= pair[1] <= period.until))


def _figures(found: dict[str, Any], steps: Mapping[Clock, Durations], is_about: bool = False) -> Figures:
    return Figures(found[ALL][""], found[BEFORE][""], found, steps, found["open"][""]["received"], is_about)


def open_now(scope: Scope) -> Any:
    """How many requests are open, whenever they were registered: those the queue shows with the same filters."""
    assert scope.viewer  # the product itself reads no queue
    asked = in_queue_of(scope.viewer).where(IS_OPEN, *conditions(scope.filters, scope.viewer))
    counts = [func.count() if name == "received" else ZERO for name in MEASURES]
    return asked.with_only_columns(literal("open"), literal(""), *counts)
