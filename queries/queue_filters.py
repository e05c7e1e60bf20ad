"""What the queue can be narrowed to: each filter is one condition."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select

from domain.days import span_of
from domain.lifecycle import JobStatus
from models import Category, Job, ServiceRequest
from queries.reach import Standing
from queries.search import matching

SR = ServiceRequest
NOT_DONE_BY_THEM = (JobStatus.RETURNED, JobStatus.CANCELLED)


def conditions(filters: Mapping[str, Any], viewer: Standing) -> list[ColumnElement[bool]]:
    """The conditions of these filters, by field name; the days of a period are days of the viewer's site."""
    known = CONDITIONS | {
        "text": lambda text: matching(text, viewer),
        "since": lambda day: SR.registered_at >= span_of(day, viewer.zone)[0],
        "until": lambda day: SR.registered_at < span_of(day, viewer.zone)[1],
    }
    return [known[name](value) for name, value in filters.items()]


def in_branch(category_id: UUID) -> ColumnElement[bool]:
    """The category or anything below it; the tree has three levels."""
    children = select(Category.id).where(Category.parent_id == category_id)
    branch = select(Category.id).where(
        or_(Category.id == category_id, Category.parent_id == category_id, Category.parent_id.in_(children))
    )
    return SR.category_id.in_(branch)


def with_job(condition: ColumnElement[bool]) -> ColumnElement[bool]:
    """A job of it, open or done, is like this; those returned or called off do not count."""
    asked = select(Job.id).where(Job.service_request_id == SR.id, Job.status.not_in(NOT_DONE_BY_THEM), condition)
    return asked.exists()


CONDITIONS: dict[str, Callable[[Any], ColumnElement[bool]]] = {
    "site": lambda id: SR.site_id == id,
    "building": lambda id: SR.building_id == id,
    "unit": lambda id: SR.unit_id == id,
    "resident": lambda id: SR.resident_id == id,
    "kind": lambda kind: SR.kind == kind,
    "category": in_branch,
    "status": lambda status: SR.status == status,
    "department": lambda id: with_job(Job.department_id == id),
    "holder": lambda id: with_job(Job.holder_id == id),
    "channel": lambda channel: SR.channel == channel,
}
