"""What figures are broken down by: one expression each, for the lines of a table and for the list behind a line."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, case, select
from sqlalchemy.orm import aliased

from domain.channels import Channel
from domain.errors import NotFound
from domain.kinds import Kind
from models import Category, Job, ServiceRequest
from queries.figure_scope import Scope
from queries.local_time import DAY, EPOCH_WEEKDAY, HOUR, local_seconds
from queries.queue_filters import NOT_DONE_BY_THEM, with_job

SR = ServiceRequest
FIRST_DAY = date(1970, 1, 1)
NOTHING = ""  # the key of the line for what has none


@dataclass(frozen=True)
class Breakdown:
    """One way to break figures down. `key` is the expression of a line; `read` reads the key a URL carries."""

    name: str
    key: Callable[[Scope], Any]
    read: Callable[[str], Any]


def _day(scope: Scope) -> Any:
    return local_seconds(scope.zones, scope.period) // DAY


def _hour(scope: Scope) -> Any:
    seconds = local_seconds(scope.zones, scope.period)
    return (seconds // DAY + EPOCH_WEEKDAY) % 7 * 24 + seconds % DAY // HOUR


def _branch(scope: Scope) -> Any:
    """The trade of its category; below a chosen category, the branch one level further down."""
    chosen, here, parent = scope.filters.get("category"), aliased(Category), aliased(Category)
    if chosen is None:
        return select(here.trade_id).where(here.id == SR.category_id).scalar_subquery()
    grandparent_is_chosen = parent.parent_id == chosen
    return (
        select(case((grandparent_is_chosen, parent.id), else_=here.id))
        .select_from(here)
        .outerjoin(parent, parent.id == here.parent_id)
        .where(here.id == SR.category_id)
        .scalar_subquery()
    )


BREAKDOWNS = {
    one.name: one
    for one in (
        Breakdown("day", _day, lambda key: (date.fromisoformat(key) - FIRST_DAY).days),
        Breakdown("site", lambda scope: SR.site_id, UUID),
        Breakdown("kind", lambda scope: SR.kind, Kind),
        Breakdown("category", _branch, UUID),
        Breakdown("building", lambda scope: SR.building_id, UUID),
        Breakdown("channel", lambda scope: SR.channel, Channel),
        Breakdown("hour", _hour, lambda key: range(7 * 24).index(int(key))),
    )
}
ALL_LINES = (*BREAKDOWNS, "department")  # a request may have jobs of several departments, so those lines overlap


def line_is(scope: Scope, by: str, key: str) -> ColumnElement[bool]:
    """The condition under which a request belongs to one line. Raises NotFound for a line that cannot be."""
    try:
        if by == "department":
            return with_job(Job.department_id == UUID(key))
        breakdown = BREAKDOWNS[by]
        expression = breakdown.key(scope)
        return expression.is_(None) if key == NOTHING else expression == breakdown.read(key)
    except (KeyError, ValueError, OverflowError) as error:
        raise NotFound() from error


def read_key(by: str, key: str | None) -> str:
    """A key as it came from the database, as URLs carry it: days as 2026-11-22, ids the same from both databases."""
    if not key:
        return NOTHING
    if by == "day" and key.isdigit():
        return (FIRST_DAY + timedelta(days=int(key))).isoformat()
    is_id = by in ("site", "category", "building", "department")
    return f"{key[:8]}-{key[8:12]}-{key[12:16]}-{key[16:20]}-{key[20:]}" if is_id and len(key) == 32 else str(key)


def departments_of(request_ids: Any) -> Any:
    """A subselect of (service_request_id, department_id): whose jobs these requests have or had."""
    return (
        select(Job.service_request_id, Job.department_id)
        .where(Job.service_request_id.in_(request_ids), Job.status.not_in(NOT_DONE_BY_THEM))
        .distinct()
        .subquery()
    )
