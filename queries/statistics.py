"""Counting: the measures of a scope as a whole, and broken down into lines. What is counted here is also listed,
by the same conditions: see figure_lists.py."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Select, String, case, cast, func, literal, literal_column, select, union_all

from domain.measures import BREAKDOWN, MEASURES, SOURCES, Source
from extensions import db
from models import ServiceRequest
from queries.breakdowns import ALL_LINES, BREAKDOWNS, departments_of, read_key
from queries.figure_scope import Scope
from queries.measures import CONDITIONS, TABLES

Counts = Mapping[str, int]
Lines = Mapping[str, Mapping[str, Counts]]
"""By breakdown, then by the key of the line."""

BROKEN_DOWN = sorted({SOURCES[name] for name in BREAKDOWN})
ALL, BEFORE = "all", "before"
SR = ServiceRequest
ZERO: ColumnElement[int] = literal_column("0")
LINE_NAMES = [name for name in MEASURES if name in BREAKDOWN]
of_line = itemgetter(*(place for place, name in enumerate(MEASURES, 2) if name in BREAKDOWN))


def counted(
    whole: Mapping[str, Scope],
    broken_down: Scope | None,
    now: datetime,
    *more: Select[Any],
    by: Collection[str] = ALL_LINES,
) -> dict[str, Any]:
    """Every measure of the scopes named in `whole`, and lines of another, at a moment (aware). One statement.

    By name or breakdown, then by key (empty for a whole), the counts. `more` are statements of the same shape.
    """
    return summed(union_all(*parts(whole, broken_down, by), *more), now)


def parts(whole: Mapping[str, Scope], broken_down: Scope | None, by: Collection[str] = ALL_LINES) -> list[Select[Any]]:
    """The statements behind them, to be run as one."""
    parts = [_whole(scope, source, name) for name, scope in whole.items() if scope.days for source in Source]
    if broken_down and broken_down.days:
        parts += [part for source in BROKEN_DOWN for part in _broken_down(broken_down, source, by)]
    return parts


def wholes(scopes: Sequence[Scope], now: datetime) -> list[dict[str, int]]:
    """Every measure of each scope, at a moment (aware). One statement."""
    names = {str(number): scope for number, scope in enumerate(scopes)}
    found = counted(names, None, now)
    return [found[name][""] for name in names]


def lines(scope: Scope, now: datetime) -> dict[str, dict[str, dict[str, int]]]:
    """The measures of BREAKDOWN for every line of every breakdown that has any. One statement."""
    return counted({}, scope, now)


def summed(asked: Any, now: datetime) -> dict[str, dict[str, dict[str, int]]]:
    """The rows (by, key, a number for each measure) of a statement, as of a moment (aware)."""
    found: dict[str, Any] = defaultdict(lambda: defaultdict(lambda: dict.fromkeys(MEASURES, 0)))
    for row in db.session.execute(asked, {"moment": now}).all():
        by, key = row[0], read_key(row[0], row[1])
        counts = dict(
            zip(LINE_NAMES, of_line(row), strict=True) if by in ALL_LINES else zip(MEASURES, row[2:], strict=True)
        )
        if by in ALL_LINES and key not in found[by]:
            found[by][key] = counts
        else:
            add(found[by][key], counts)
    return found


def add(counts: dict[str, int], more: Counts) -> None:
    """Sum up, measure by measure."""
    for name, number in more.items():
        counts[name] += number or 0


@cache
def _flags(source: Source, names: tuple[str, ...]) -> list[Any]:
    """A column for each of these measures: 1 for a row that counts, else 0; 0 for measures of other sources."""
    return [(case((CONDITIONS[n], 1), else_=0) if SOURCES[n] is source else ZERO).label(n) for n in names]


@cache
def _sums(source: Source) -> list[Any]:
    """How many rows count for each measure."""
    return [func.sum(flag) if SOURCES[flag.name] is source else ZERO for flag in _flags(source, tuple(MEASURES))]


def _whole(scope: Scope, source: Source, name: str) -> Select[Any]:
    return select(literal(name), literal(""), *_sums(source)).select_from(TABLES[source]).where(*scope.conditions())


def _broken_down(scope: Scope, source: Source, by: Collection[str]) -> list[Select[Any]]:
    """One grouped statement for each breakdown, all over the same rows."""
    keys = [breakdown.key(scope).label(f"by_{name}") for name, breakdown in BREAKDOWNS.items() if name in by]
    asked = select(SR.id.label("request_id"), *keys, *_flags(source, BREAKDOWN)).select_from(TABLES[source])
    rows: Any = asked.where(*scope.conditions()).cte()
    sums = [func.sum(rows.c[name]) if name in BREAKDOWN else ZERO for name in MEASURES]
    parts = []
    for name in by:
        if name == "department":
            theirs = departments_of(select(rows.c.request_id))
            key, table = theirs.c.department_id, rows.join(theirs, theirs.c.service_request_id == rows.c.request_id)
        else:
            key, table = rows.c[f"by_{name}"], rows
        parts.append(select(literal(name), cast(key, String), *sums).select_from(table).group_by(key))
    return parts
