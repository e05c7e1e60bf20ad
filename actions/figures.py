"""Keeping the daily figures."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, delete, func, not_, select, update

from actions.inserting import insert
from actions.unit_of_work import ring, unit_of_work
from domain.days import local_day
from domain.measures import BREAKDOWN, MEASURES, Source
from domain.periods import Period
from extensions import db, now
from models import ClockReading, DailyFigure, FigureDay, ServiceRequest, Site
from queries import daily_figures, durations, statistics
from queries.figure_scope import Scope, SiteOf
from queries.measures import TABLES

AT_ONCE = 30  # days rebuilt by one task; the rest is rung for again
RECENT = 10  # days counted anew every night
FOREVER = datetime(9999, 1, 1, tzinfo=UTC)

_days = FigureDay.__table__.c
DOUBT = (
    update(FigureDay.__table__)
    .where(_days.site_id == bindparam("site"), _days.day == bindparam("of_day"), _days.true_until.is_not(None))
    .values(true_until=None)
)


def doubt(service_request: ServiceRequest) -> None:
    """Something happens to a request: the figures of the day it was registered no longer hold. One cheap statement.

    Today has no figures yet, so nothing is to be doubted, and two people at work today never wait for one another here.
    """
    day = local_day(service_request.registered_at, service_request.site.zone)
    if day == local_day(now(), service_request.site.zone):
        return
    # Past the session: nothing it has not written yet has to be there first.
    doubted: Any = db.session.connection().execute(DOUBT, {"site": service_request.site_id, "of_day": day})
    if doubted.rowcount:
        ring("rebuild_figures")


def rebuild_figures(limit: int = AT_ONCE) -> None:
    """Count anew every past day whose figures are missing or no longer hold: some now, the rest when rung for again."""
    due = daily_figures.to_rebuild(now(), limit + 1)
    for site_id, day in due[:limit]:
        rebuild(day, site_id)
    if len(due) > limit:
        with unit_of_work():
            ring("rebuild_figures")


def rebuild(day: date, site_id: UUID) -> None:
    """Count the figures of one local day of a site anew, all of it or nothing.

    The day is announced first and held while it is counted: whatever happens to its requests meanwhile waits to doubt
    it, and then does.
    """
    announce(day, site_id)
    with unit_of_work():
        db.session.execute(
            select(FigureDay).where(FigureDay.site_id == site_id, FigureDay.day == day).with_for_update()
        )
        moment = now()
        scope = scope_of_day(day, site_id)
        db.session.execute(delete(DailyFigure).where(DailyFigure.site_id == site_id, DailyFigure.day == day))
        if rows := rows_of(scope, day, site_id, moment):
            db.session.execute(insert(DailyFigure), rows)
        db.session.execute(
            update(FigureDay)
            .where(FigureDay.site_id == site_id, FigureDay.day == day)
            .values(true_until=next_breach(scope, moment))
            .execution_options(synchronize_session=False)
        )


def announce(day: date, site_id: UUID) -> None:
    """From here on the day can be doubted."""
    with unit_of_work():
        db.session.execute(insert(FigureDay).values(site_id=site_id, day=day).on_conflict_do_nothing())


def scope_of_day(day: date, site_id: UUID) -> Scope:
    site = db.session.get_one(Site, site_id)
    return Scope(None, [SiteOf(site.id, site.zone, 0, None)], Period(day, day))


def rows_of(scope: Scope, day: date, site_id: UUID, moment: datetime) -> list[dict[str, Any]]:
    """The figures of a day as rows; none for a day on which nothing was registered."""
    (whole,) = statistics.wholes([scope], moment)
    if not whole["received"]:
        return []
    lengths = {clock: dict(numbers) for clock, numbers in durations.buckets_of(scope).items()}
    lines = statistics.lines(scope, moment)
    row = {"site_id": site_id, "day": day}
    nothing = dict.fromkeys(MEASURES)
    return [row | whole | {"by": statistics.ALL, "key": "", "lengths": lengths}] + [
        row | nothing | {name: counts[name] for name in BREAKDOWN} | {"by": by, "key": key, "lengths": {}}
        for by, keyed in lines.items()
        if by not in daily_figures.NOT_KEPT
        for key, counts in keyed.items()
    ]


def next_breach(scope: Scope, moment: datetime) -> datetime:
    """When the next running clock of these requests passes its deadline: until then time alone changes nothing."""
    due = (
        select(func.min(ClockReading.due_at))
        .select_from(TABLES[Source.RUNS])
        .where(
            *scope.conditions(),
            ClockReading.stopped_at.is_(None),
            not_(ClockReading.is_void),
            not_(ClockReading.is_paused),
            ClockReading.due_at >= moment,
        )
    )
    return db.session.scalar(due) or FOREVER


def rebuild_recent() -> None:
    """Count the last ten days anew, whatever is believed of them."""
    with unit_of_work():
        since = local_day(now()) - timedelta(days=RECENT)
        db.session.execute(
            update(FigureDay)
            .where(FigureDay.day >= since)
            .values(true_until=None)
            .execution_options(synchronize_session=False)
        )
        ring("rebuild_figures")
