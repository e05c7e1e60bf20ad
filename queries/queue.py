"""The centre's queue: one page of rows, and whether anything changed since a page was drawn."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache, lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, bindparam, func, select

from domain.lifecycle import OPEN_JOB, RequestStatus
from extensions import db
from models import Building, Category, Department, Job, Resident, ServiceRequest, Site, Unit, User
from models.columns import Moment
from queries.lenses import LENSES, Lens, in_queue_of
from queries.paging import PAGE, Key, Order
from queries.queue_filters import conditions
from queries.queue_rows import COLUMNS, Holder, QueueRow
from queries.reach import STATEMENTS, Standing, standing_of

SIZE = bindparam("size", type_=Integer)
OVERLAP = timedelta(seconds=2)  # a change is stamped a moment before it can be seen


@dataclass(frozen=True)
class QueuePage:
    """One page of the queue; `before` and `after` are the keys of the pages around it, where there are any."""

    is_first: bool
    rows: list[QueueRow]
    before: Key | None
    after: Key | None


@dataclass(frozen=True)
class News:
    """What happened within reach since a page was drawn: is anything different, how many requests are new."""

    is_any: bool
    arrived: int


def page(
    viewer: User,
    lens: Lens,
    filters: Mapping[str, Any],
    *,
    now: datetime,
    before: Key | None = None,
    after: Key | None = None,
    size: int = PAGE,
) -> QueuePage:
    """The rows of a lens that pass the filters, for desk/_rows.html. Two statements."""
    key, backwards = before or after, before is not None
    has_moment = None if key is None else key.moment is not None
    asked = _page(standing_of(viewer), lens.name, tuple(filters.items()), has_moment, backwards)
    given = {"moment": now, "size": size + 1} | (key.given if key else {})
    found = list(db.session.execute(asked, given))
    is_more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    if not found:
        return QueuePage(key is None, [], None, None)
    holders = holders_of(row.id for row in found)
    return QueuePage(
        is_first=key is None,
        rows=[QueueRow.of(row, tuple(holders[row.id])) for row in found],
        before=lens.order.key_of(found[0]) if (is_more if backwards else after) else None,
        after=lens.order.key_of(found[-1]) if (is_more or backwards) else None,
    )


@lru_cache(STATEMENTS)
def _page(
    viewer: Standing, lens_name: str, filters: tuple[tuple[str, Any], ...], has_moment: bool | None, backwards: bool
) -> Select[Any]:
    """The statement of a page; `has_moment` is said of the key it stands beyond, None on a first page."""
    lens = LENSES[lens_name]
    asked = in_queue_of(viewer).where(lens.shows(viewer), *conditions(dict(filters), viewer))
    if has_moment is not None:
        asked = asked.where(lens.order.beyond(has_moment=has_moment, backwards=backwards))
    return _named(asked, lens.order, backwards)


def _named(asked: Select[Any], order: Order, backwards: bool) -> Select[Any]:
    """The first of these requests, found before they are given the names of what they belong to.

    PostgreSQL would otherwise weigh every order of joining six tables, for longer than it takes to read the page.
    """
    first = order.sorted(asked.with_only_columns(ServiceRequest.id), backwards=backwards).limit(SIZE).subquery()
    named = (
        select(*COLUMNS, order.moment.label("moment"))
        .select_from(ServiceRequest)
        .join(first, first.c.id == ServiceRequest.id)
        .join(Site, Site.id == ServiceRequest.site_id)
        .outerjoin(Unit, Unit.id == ServiceRequest.unit_id)
        .outerjoin(Building, Building.id == ServiceRequest.building_id)
        .outerjoin(Category, Category.id == ServiceRequest.category_id)
        .outerjoin(Resident, Resident.id == ServiceRequest.resident_id)
    )
    return order.sorted(named, backwards=backwards)


def holders_of(request_ids: Iterable[UUID]) -> Mapping[UUID, list[Holder]]:
    """Who has an open job of each of these requests: a department, or one of its people."""
    holders: dict[UUID, list[Holder]] = defaultdict(list)
    for request_id, *names in db.session.execute(_holders(), {"ids": list(request_ids)}):
        holders[request_id].append(Holder(*names))
    return holders


@cache
def _holders() -> Any:
    return (
        select(Job.service_request_id, Department.name, Department.name_en, User.name)
        .join(Department, Department.id == Job.department_id)
        .outerjoin(User, User.id == Job.holder_id)
        .where(Job.service_request_id.in_(bindparam("ids", expanding=True)), Job.status.in_(OPEN_JOB))
        .order_by(Job.dispatched_at, Job.id)
    )


def news(viewer: User, *, since: datetime, now: datetime) -> News:
    """What a page drawn at `since` does not show yet, and how much of it arrived; moments are aware.

    One look at the index of the latest changes. Each arrival is told once, even one that was being written while a page
    was drawn: what is asked for begins where it ended the time before.
    """
    changes, arrived = db.session.execute(
        _news(standing_of(viewer)), {"since": since - OVERLAP, "until": now - OVERLAP}
    ).one()
    return News(changes > 0, arrived)


@lru_cache(STATEMENTS)
def _news(viewer: Standing) -> Any:
    arrived = func.count().filter(
        ServiceRequest.recorded_at > bindparam("since", type_=Moment),
        ServiceRequest.recorded_at <= bindparam("until", type_=Moment),
        ServiceRequest.status == RequestStatus.REGISTERED,
        ServiceRequest.registered_by_id.is_distinct_from(viewer.id),
    )
    changed = in_queue_of(viewer).where(ServiceRequest.changed_at > bindparam("since", type_=Moment))
    return changed.with_only_columns(func.count(), arrived)
