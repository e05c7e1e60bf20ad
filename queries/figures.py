"""All figures of one page."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func

from domain.periods import Period
from domain.standards import Clock
from extensions import db
from models import IS_OPEN
from queries import daily_figures, durations, statistics
from queries.durations import Durations
from queries.figure_scope import Scope
from queries.queue import in_queue_of
from queries.queue_filters import conditions
from queries.statistics import Counts, Lines

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


def of(scope: Scope, now: datetime) -> Figures:
    """The figures at a moment (aware), for statistics/overview.html.

    Days whose daily figures hold are read from them; today, and days something happened to since, are counted live.
    """
    if daily_figures.are_kept(scope):
        both = Period(scope.period.before.since, scope.period.until)
        live = daily_figures.to_be_counted(scope, both, now)
        if len(live) <= MOST_LIVE * len(scope.sites):
            return _from_days(scope, live, now)
    return counted(scope, now)


def counted(scope: Scope, now: datetime) -> Figures:
    """The figures counted from the rows themselves."""
    whole, before = statistics.wholes([scope, replace(scope, period=scope.period.before)], now)
    lines = statistics.lines(scope, now)
    return Figures(whole, before, lines, durations.of_steps(scope, now), open_now(scope))


def _from_days(scope: Scope, live: Sequence[tuple[UUID, date]], now: datetime) -> Figures:
    """Daily figures, and what must be counted live."""
    periods = [scope.period, scope.period.before]
    parts = [
        replace(scope, period=period, only=[pair for pair in live if period.since <= pair[1] <= period.until])
        for period in periods
    ]
    totals = statistics.wholes(parts, now)
    for total, more in zip(totals, daily_figures.wholes(scope, periods, live), strict=True):
        statistics.add(total, more)
    lines = daily_figures.add_lines(statistics.lines(parts[0], now), scope, live)
    lengths = daily_figures.lengths(scope, live)
    for clock, more_lengths in durations.buckets_of(parts[0], now).items():
        lengths.setdefault(clock, Counter()).update(more_lengths)
    return Figures(*totals, lines, durations.read(lengths), open_now(scope), is_about=True)


def open_now(scope: Scope) -> int:
    """How many requests are open, whenever they were registered: those the queue shows with the same filters."""
    viewer: Any = scope.viewer
    asked = in_queue_of(viewer).where(IS_OPEN, *conditions(scope.filters, viewer))
    return db.session.scalar(asked.with_only_columns(func.count())) or 0
