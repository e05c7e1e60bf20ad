"""Reading the daily figures: which of them hold, and what they sum up to."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    case,
    cast,
    false,
    func,
    literal,
    not_,
    null,
    or_,
    select,
    type_coerce,
)

from domain.days import local_day
from domain.measures import BREAKDOWN, MEASURES
from domain.periods import Period
from domain.permissions import Reach, reaches
from extensions import db
from models import DailyFigure, FigureDay, ServiceRequest, Site
from models.columns import PLAIN_JSON
from queries.figure_scope import Scope
from queries.measures import MOMENT
from queries.reach import STATEMENTS
from queries.statistics import ALL, BEFORE, ZERO

F = DailyFigure
Pairs = Sequence[tuple[UUID, date]]
NOT_KEPT = ("day", "site")  # every row says itself which day of which site it is


def are_kept(scope: Scope) -> bool:
    """Whether daily figures can answer: for whole sites. What is filtered more narrowly is counted live."""
    sees_whole_sites = scope.viewer is None or bool(reaches(scope.viewer) & {Reach.OWN_SITE, Reach.EVERYTHING})
    return sees_whole_sites and not set(scope.filters) - {"site"}


@dataclass(frozen=True)
class Kept:
    """Which days of a period must be counted live, and how long the steps of the other ones took (see durations.py)."""

    live: list[tuple[UUID, date]]
    lengths: dict[str, Counter[int]]


def kept(scope: Scope, now: datetime) -> Kept:
    """What holds of the daily figures of a period and the period before. One statement."""
    since, until = scope.period.before.since, scope.period.until
    true: set[tuple[UUID, date]] = set()
    lengths: dict[str, Counter[int]] = {}
    for row in db.session.execute(_days_kept(scope), {"moment": now}):
        true.add((row.site_id, row.day))
        for clock, buckets in (row.lengths or {}).items():
            lengths.setdefault(clock, Counter()).update({int(bucket): number for bucket, number in buckets.items()})
    live = []
    for site in scope.sites:
        if site.first_at:
            first = max(since, local_day(site.first_at, site.zone))
            live += [(site.id, day) for day in Period(first, until).days if (site.id, day) not in true]
    return Kept(live, lengths)


@lru_cache(STATEMENTS)
def _days_kept(scope: Scope) -> Any:
    """The days whose figures hold at a moment, and the lengths of those of the period itself."""
    all_of_day = and_(F.site_id == FigureDay.site_id, F.day == FigureDay.day, F.by == ALL)
    lengths_of = case((FigureDay.day >= scope.period.since, F.lengths), else_=null())
    return (
        select(FigureDay.site_id, FigureDay.day, type_coerce(lengths_of, PLAIN_JSON).label("lengths"))
        .outerjoin(F, all_of_day)
        .where(FigureDay.site_id.in_([site.id for site in scope.sites]))
        .where(FigureDay.day.between(scope.period.before.since, scope.period.until), FigureDay.true_until > MOMENT)
    )


def _kept(scope: Scope, period: Period, live: Pairs) -> ColumnElement[bool]:
    """The figures of these days that hold."""
    by_day: dict[date, list[UUID]] = {}
    for site_id, day in live:
        by_day.setdefault(day, []).append(site_id)
    counted_live = or_(false(), *(and_(F.day == day, F.site_id.in_(ids)) for day, ids in by_day.items()))
    ids = [site.id for site in scope.sites]
    return and_(F.site_id.in_(ids), F.day.between(period.since, period.until), not_(counted_live))


@cache
def _sums(names: tuple[str, ...]) -> list[Any]:
    """A column for each measure: the sum of those named, 0 for the others."""
    return [func.sum(getattr(F, name)) if name in names else ZERO for name in MEASURES]


def parts(scope: Scope, live: Pairs, by: Collection[str]) -> list[Select[Any]]:
    """What the days that hold sum up to: the whole, the period before, lines `by` these; see statistics.counted()."""
    all_sums, line_sums = _sums(tuple(MEASURES)), _sums(BREAKDOWN)
    kept, before = _kept(scope, scope.period, live), _kept(scope, scope.period.before, live)
    parts = [
        select(literal(ALL), literal(""), *all_sums).where(F.by == ALL, kept),
        select(literal(BEFORE), literal(""), *all_sums).where(F.by == ALL, before),
        select(F.by, F.key, *line_sums).where(F.by.in_(by), kept).group_by(F.by, F.key),
    ]
    for name, column in (("day", F.day), ("site", F.site_id)):
        if name in by:
            whole_days = select(literal(name), cast(column, String), *line_sums).where(F.by == ALL, kept)
            parts.append(whole_days.group_by(column))
    return parts


def to_rebuild(now: datetime, limit: int) -> list[tuple[UUID, date]]:
    """Past days that are not kept or no longer hold, the latest first."""
    first = select(func.min(ServiceRequest.registered_at)).where(ServiceRequest.site_id == Site.id).scalar_subquery()
    true = {
        (row.site_id, row.day)
        for row in db.session.execute(select(FigureDay.site_id, FigureDay.day).where(FigureDay.true_until > now))
    }
    pairs: list[tuple[UUID, date]] = []
    for id, zone, first_at in db.session.execute(select(Site.id, Site.zone, first)):
        if first_at:
            yesterday = local_day(now, zone) - timedelta(days=1)
            days = Period(local_day(first_at, zone), yesterday).days
            pairs += [(id, day) for day in days if (id, day) not in true]
    return sorted(pairs, key=lambda pair: pair[1], reverse=True)[:limit]
