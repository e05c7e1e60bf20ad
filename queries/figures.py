"""All figures of one page."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import func

from domain.standards import Clock
from extensions import db
from models import IS_OPEN
from queries import durations, statistics
from queries.durations import Durations
from queries.figure_scope import Scope
from queries.queue import in_queue_of
from queries.queue_filters import conditions
from queries.statistics import Counts, Lines


@dataclass(frozen=True)
class Figures:
    """The measures of a scope, those of as many days before it, its lines, and the lengths of its steps."""

    whole: Counts
    before: Counts
    lines: Lines
    steps: Mapping[Clock, Durations]
    open_now: int  # whenever registered


def of(scope: Scope, now: datetime) -> Figures:
    """The figures at a moment (aware), for statistics/overview.html."""
    whole, before = statistics.wholes([scope, replace(scope, period=scope.period.before)], now)
    lines = statistics.lines(scope, now)
    return Figures(whole, before, lines, durations.of_steps(scope, now), open_now(scope))


def open_now(scope: Scope) -> int:
    """How many requests are open, whenever they were registered: those the queue shows with the same filters."""
    viewer: Any = scope.viewer
    asked = in_queue_of(viewer).where(IS_OPEN, *conditions(scope.filters, viewer))
    return db.session.scalar(asked.with_only_columns(func.count())) or 0
