"""Reading the daily figures: which of them hold, and what they sum up to."""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, String, and_, cast, false, func, literal, not_, or_, select, union_all

from domain.days import local_day
from domain.measures import BREAKDOWN, MEASURES
from domain.periods import Period
from domain.permissions import Reach, reaches
from extensions import db
from models import DailyFigure, FigureDay, ServiceRequest, Site
from queries.figure_scope import Scope
from queries.statistics import ALL, Lines, add

F = DailyFigure
Pairs = Sequence[tuple[UUID, date]]
KEPT_LINES = ("kind", "category", "building", "channel", "hour", "department")  # days and sites are rows of their own


def are_kept(scope: Scope) -> bool:
    """Whether daily figures can answer: for whole sites. What is filtered more narrowly is counted live."""
    sees_whole_sites = scope.viewer is None or bool(reaches(scope.viewer) & {Reach.OWN_SITE, Reach.EVERYTHING})
    return sees_whole_sites and not set(scope.filters) - {"site"}


def to_be_counted(scope: Scope, period: Period, now: datetime) -> list[tuple[UUID, date]]:
    """The days of these sites whose figures are not kept or no longer hold. One statement."""
    ids = [site.id for site in scope.sites]
    kept = select(FigureDay.site_id, FigureDay.day).where(
        FigureDay.site_id.in_(ids), FigureDay.day.between(period.since, period.until), FigureDay.true_until > now
    )
    true = {(row.site_id, row.day) for row in db.session.execute(kept)}
    pairs = []
    for site in scope.sites:
        if site.first_at:
            first = max(period.since, local_day(site.first_at, site.zone))
            pairs += [(site.id, day) for day in Period(first, period.until).days if (site.id, day) not in true]
    return pairs


def _kept(scope: Scope, period: Period, live: Pairs) -> ColumnElement[bool]:
    """The figures of these days that hold."""
    by_day: dict[date, list[UUID]] = {}
    for site_id, day in live:
        by_day.setdefault(day, []).append(site_id)
    counted_live = or_(false(), *(and_(F.day == day, F.site_id.in_(ids)) for day, ids in by_day.items()))
    ids = [site.id for site in scope.sites]
    return and_(F.site_id.in_(ids), F.day.between(period.since, period.until), not_(counted_live))


def wholes(scope: Scope, periods: Sequence[Period], live: Pairs) -> list[dict[str, int]]:
    """Every measure of each period, of the days that hold. One statement."""
    sums = [func.coalesce(func.sum(getattr(F, name)), 0) for name in MEASURES]
    parts = [
        select(literal(number), *sums).where(F.by == ALL, _kept(scope, period, live))
        for number, period in enumerate(periods)
    ]
    totals = [dict.fromkeys(MEASURES, 0) for _ in periods]
    for number, *counts in db.session.execute(union_all(*parts)):
        add(totals[number], dict(zip(MEASURES, counts, strict=True)))
    return totals


def add_lines(broken: Any, scope: Scope, live: Pairs) -> Lines:
    """The lines of the days that hold, added to others. One statement."""
    sums = [func.sum(getattr(F, name)) for name in BREAKDOWN]
    when = _kept(scope, scope.period, live)
    lines = select(F.by, F.key, *sums).where(F.by != ALL, when).group_by(F.by, F.key)
    days = select(literal("day"), cast(F.day, String), *sums).where(F.by == ALL, when).group_by(F.day)
    sites = select(literal("site"), cast(F.site_id, String), *sums).where(F.by == ALL, when).group_by(F.site_id)
    for by, key, *counts in db.session.execute(union_all(lines, days, sites)):
        key = str(UUID(key)) if by == "site" else key
        add(broken[by][key], dict(zip(BREAKDOWN, counts, strict=True)))
    return broken


def lengths(scope: Scope, live: Pairs) -> dict[str, Counter[int]]:
    """By clock, how many finished steps took about how long, of the days that hold. One statement."""
    found: dict[str, Counter[int]] = {}
    for row in db.session.scalars(select(F.lengths).where(F.by == ALL, _kept(scope, scope.period, live))):
        for clock, buckets in row.items():
            found.setdefault(clock, Counter()).update({int(bucket): number for bucket, number in buckets.items()})
    return found


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
