"""Counting: the measures of a scope as a whole, and broken down into lines. What is counted here is also listed,
by the same conditions: see figure_lists.py."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, case, cast, func, literal, select, union_all

from domain.measures import BREAKDOWN, MEASURES, SOURCES, Source
from extensions import db
from models import ServiceRequest
from queries.breakdowns import ALL_LINES, BREAKDOWNS, departments_of, read_key
from queries.figure_scope import Scope
from queries.measures import TABLES, condition_of

Counts = Mapping[str, int]
Lines = Mapping[str, Mapping[str, Counts]]
"""By breakdown, then by the key of the line."""

ALL = "all"
SR = ServiceRequest


def wholes(scopes: Sequence[Scope], now: datetime) -> list[dict[str, int]]:
    """Every measure of each scope, at a moment (aware). One statement."""
    parts = [
        _whole(scope, source, number, now)
        for number, scope in enumerate(scopes)
        for source in Source
        if scope.only is None or scope.only
    ]
    totals = [dict.fromkeys(MEASURES, 0) for _ in scopes]
    for number, *counts in db.session.execute(union_all(*parts)) if parts else ():
        add(totals[number], dict(zip(MEASURES, counts, strict=True)))
    return totals


def lines(scope: Scope, now: datetime, by: Sequence[str] = ALL_LINES) -> dict[str, dict[str, dict[str, int]]]:
    """The measures of BREAKDOWN for every line of these breakdowns that has any. One statement."""
    broken = empty_lines()
    if scope.only is not None and not scope.only:
        return broken
    sources = sorted({SOURCES[name] for name in BREAKDOWN})
    parts = [part for source in sources for part in _broken_down(scope, source, by, now)]
    for name, key, *counts in db.session.execute(union_all(*parts)):
        add(broken[name][read_key(name, key)], dict(zip(BREAKDOWN, counts, strict=True)))
    return broken


def empty_lines() -> dict[str, dict[str, dict[str, int]]]:
    """Lines that are there as soon as something is added to them."""
    return defaultdict(lambda: defaultdict(lambda: dict.fromkeys(BREAKDOWN, 0)))


def add(counts: dict[str, int], more: Counts) -> None:
    """Sum up, measure by measure."""
    for name, number in more.items():
        counts[name] += number or 0


def counted(names: Iterable[str], source: Source, now: datetime) -> list[Any]:
    """A column for each measure: 1 for a row that counts, else 0; 0 for measures of other sources."""
    return [
        (case((condition_of(name, now), 1), else_=0) if SOURCES[name] is source else literal(0)).label(name)
        for name in names
    ]


def _whole(scope: Scope, source: Source, number: int, now: datetime) -> Select[Any]:
    sums = [
        func.coalesce(func.sum(column), 0).label(name)
        for name, column in zip(MEASURES, counted(MEASURES, source, now), strict=True)
    ]
    return select(literal(number), *sums).select_from(TABLES[source]).where(*scope.conditions())


def _broken_down(scope: Scope, source: Source, by: Sequence[str], now: datetime) -> list[Select[Any]]:
    """One grouped statement for each breakdown, all over the same rows."""
    keys = [BREAKDOWNS[name].key(scope).label(f"by_{name}") for name in by if name in BREAKDOWNS]
    flags = counted(BREAKDOWN, source, now)
    rows = select(SR.id.label("request_id"), *keys, *flags).select_from(TABLES[source]).where(*scope.conditions()).cte()
    sums = [func.sum(rows.c[name]) for name in BREAKDOWN]
    parts = []
    for name in by:
        if name == "department":
            theirs = departments_of(select(rows.c.request_id))
            key, table = theirs.c.department_id, rows.join(theirs, theirs.c.service_request_id == rows.c.request_id)
        else:
            key, table = rows.c[f"by_{name}"], rows
        parts.append(select(literal(name), cast(key, String), *sums).select_from(table).group_by(key))
    return parts
