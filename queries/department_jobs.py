"""The jobs of a department and the colleagues who could do them, for its head."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, case, func, select
from sqlalchemy.orm import contains_eager

from domain.lifecycle import OPEN_JOB, JobStatus
from domain.wording import N_
from extensions import db
from models import Job, Qualification, User, UserRole
from queries.colleagues import WORKING_ROLES
from queries.lenses import is_late
from queries.my_jobs import MOST_URGENT_FIRST, all_a_card_prints

SHOWN = 30  # the most urgent; a head's desk has the rest

LENSES = {
    "unassigned": N_("Unassigned"),
    "late": N_("Late"),
    "on-hold": N_("On hold"),
    "all": N_("All open"),
}


@dataclass(frozen=True)
class Colleague:
    """Somebody who could do a job. `is_qualified` is about one trade; True where none is asked for."""

    id: UUID
    name: str
    on_duty: bool
    open_jobs: int
    is_qualified: bool


def colleagues(department_id: UUID | None, trade_id: UUID | None) -> list[Colleague]:
    """The colleagues of a department who do jobs: on duty before off, qualified before not, free hands before full."""
    open_jobs = select(func.count()).where(Job.holder_id == User.id, Job.status.in_(OPEN_JOB)).scalar_subquery()
    qualified = (
        select(Qualification.user_id)
        .where(Qualification.user_id == User.id, Qualification.category_id == trade_id)
        .exists()
    )
    rows = db.session.execute(
        select(User.id, User.name, User.on_duty, open_jobs, qualified).where(
            User.department_id == department_id,
            User.is_enabled,
            User.id.in_(select(UserRole.user_id).where(UserRole.role.in_(WORKING_ROLES))),
        )
    )
    found = [Colleague(id, name, on, jobs, trade_id is None or fit) for id, name, on, jobs, fit in rows]
    return sorted(found, key=lambda c: (not c.on_duty, not c.is_qualified, c.open_jobs, c.name))


def shown_by(lens: str, now: datetime) -> ColumnElement[bool]:
    """Which open jobs a lens shows."""
    return {
        "unassigned": Job.holder_id.is_(None),
        "late": is_late(now),
        "on-hold": Job.status == JobStatus.ON_HOLD,
    }.get(lens, Job.status.in_(OPEN_JOB))


def open_of(viewer: User) -> Select[Any]:
    """The open jobs of the viewer's own department."""
    return (
        select(Job).join(Job.service_request).where(Job.department_id == viewer.department_id, Job.status.in_(OPEN_JOB))
    )


def counts(viewer: User, *, now: datetime) -> dict[str, int]:
    """How many jobs each lens shows. One statement."""
    row = db.session.execute(
        open_of(viewer).with_only_columns(
            *(func.coalesce(func.sum(case((shown_by(lens, now), 1), else_=0)), 0) for lens in LENSES)
        )
    ).one()
    return dict(zip(LENSES, row, strict=True))


def shown(viewer: User, lens: str, *, now: datetime, holder_id: UUID | None = None) -> Sequence[Job]:
    """The most urgent of a lens, or of one colleague's jobs, for phone/department.html."""
    wanted = Job.holder_id == holder_id if holder_id else shown_by(lens, now)
    asked = open_of(viewer).where(wanted).options(contains_eager(Job.service_request).options(*all_a_card_prints()))
    return db.session.scalars(asked.order_by(*MOST_URGENT_FIRST).limit(SHOWN)).unique().all()
