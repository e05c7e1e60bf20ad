"""The lenses of the centre's queue: which requests each shows, in which order, and how many there are."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from domain.lifecycle import OPEN, OPEN_JOB, RequestStatus
from domain.permissions import Permission, Reach, reaches
from domain.wording import N_
from extensions import db
from models import IS_OPEN, WAITS_FOR_CALL, Job, ServiceRequest
from queries.measures import MOMENT
from queries.paging import MOST_URGENT_FIRST, NEWEST_FIRST, NEXT_CALL_FIRST, Order
from queries.queue_filters import conditions
from queries.reach import STATEMENTS, Standing, Viewer, standing_of
from queries.service_requests import visible_to

RUNS = 0  # the rank of a clock that runs towards a deadline


@dataclass(frozen=True)
class Lens:
    """One view of the queue. What it shows may depend on the moment that is given when a statement is run."""

    name: str
    label: str
    shows: Callable[[Viewer], ColumnElement[bool]]
    order: Order = MOST_URGENT_FIRST
    status: RequestStatus | None = None  # the one status it shows, if it is one


def in_queue_of(viewer: Viewer) -> Select[tuple[ServiceRequest]]:
    """Where the queue starts: what this person may see, at their own site if they belong to one."""
    asked = visible_to(viewer)
    if viewer.site_id and not sees_several_sites(viewer):
        asked = asked.where(ServiceRequest.site_id == viewer.site_id)
    return asked


def sees_several_sites(viewer: Viewer) -> bool:
    """Whether this person's queue is that of a company and not of one site."""
    return Reach.EVERYTHING in reaches(viewer)


def is_late(now: Any = MOMENT) -> ColumnElement[bool]:
    """The next clock runs, is not paused, and its deadline has passed."""
    return and_(ServiceRequest.clock_rank == RUNS, ServiceRequest.next_due_at < now)


def is_mine(viewer: Viewer) -> ColumnElement[bool]:
    """I registered it, or it waits for me: an open job of it is mine, or mine to assign in my department."""
    waits = Job.holder_id == viewer.id
    if viewer.can(Permission.ASSIGN) and viewer.department_id:
        waits = or_(waits, and_(Job.department_id == viewer.department_id, Job.holder_id.is_(None)))
    waiting = select(Job.service_request_id).where(waits, Job.status.in_(OPEN_JOB))
    return or_(ServiceRequest.registered_by_id == viewer.id, ServiceRequest.id.in_(waiting))


def _of(name: str, status: RequestStatus) -> Lens:
    return Lens(name, status.label, lambda _: and_(IS_OPEN, ServiceRequest.status == status), status=status)


CALL = RequestStatus.COMPLETED
_LENSES = (
    _of("to-accept", RequestStatus.REGISTERED),
    _of("to-dispatch", RequestStatus.ACCEPTED),
    _of("in-progress", RequestStatus.IN_PROGRESS),
    Lens("to-call-back", CALL.label, lambda _: WAITS_FOR_CALL, NEXT_CALL_FIRST, CALL),
    Lens("late", N_("Late"), lambda _: and_(IS_OPEN, is_late())),
    Lens("mine", N_("Mine"), lambda viewer: and_(IS_OPEN, is_mine(viewer))),
    Lens("open", N_("All open"), lambda _: IS_OPEN),
    Lens("closed", N_("Closed"), lambda _: ServiceRequest.status.not_in(OPEN), NEWEST_FIRST),
    Lens("all", N_("All"), lambda _: ServiceRequest.status.is_not(None), NEWEST_FIRST),
)
LENSES = {lens.name: lens for lens in _LENSES}


def counts(viewer: Viewer, filters: Mapping[str, Any] | None = None, *, now: datetime) -> dict[str, int]:
    """How many requests each lens shows this person with these filters; looking back is not counted.

    One statement over the index of what is open, so its cost does not grow with what was closed.
    """
    asked = _counts(standing_of(viewer), tuple((filters or {}).items()))
    rows = db.session.execute(asked, {"moment": now}).all()
    of_status = {row.status: row.open for row in rows}
    return {lens.name: of_status.get(lens.status, 0) for lens in LENSES.values() if lens.status} | {
        name: sum(getattr(row, name) for row in rows) for name in ("late", "mine", "open")
    }


@lru_cache(STATEMENTS)
def _counts(viewer: Standing, filters: tuple[tuple[str, Any], ...]) -> Any:
    return (
        in_queue_of(viewer)
        .where(IS_OPEN, *conditions(dict(filters), viewer))
        .with_only_columns(
            ServiceRequest.status,
            func.count().label("open"),
            func.count().filter(is_late()).label("late"),
            func.count().filter(is_mine(viewer)).label("mine"),
        )
        .group_by(ServiceRequest.status)
    )
