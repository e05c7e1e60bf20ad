"""The jobs a colleague carries about on the phone."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, and_, or_, select
from sqlalchemy.orm import contains_eager, joinedload

from domain.days import DEFAULT_ZONE, local_day, span_of
from domain.errors import NotFound
from domain.lifecycle import OPEN_JOB, JobStatus
from extensions import db
from models import Category, Event, Job, Resident, ServiceRequest, Unit, User
from queries import jobs

MOST_FREE, MOST_DONE, LAST_AT_UNIT = 10, 20, 5
MOST_URGENT_FIRST = (ServiceRequest.clock_rank, ServiceRequest.next_due_at, Job.dispatched_at, Job.id)


@dataclass
class MyJobs:
    """What phone/my_jobs.html shows. `free` are jobs of my department that nobody holds yet."""

    now: list[Job] = field(default_factory=list)
    later: list[Job] = field(default_factory=list)
    on_hold: list[Job] = field(default_factory=list)
    done: list[Job] = field(default_factory=list)
    free: list[Job] = field(default_factory=list)


def all_a_card_prints() -> tuple[Any, ...]:
    """Options that load what components/job_card.html prints of a service request."""
    return (
        joinedload(ServiceRequest.unit).joinedload(Unit.building),
        joinedload(ServiceRequest.building),
        joinedload(ServiceRequest.category),
    )


def of(viewer: User, *, now: datetime) -> MyJobs:
    """The viewer's jobs, sorted into today's piles, most urgent clock first. Two statements."""
    zone = viewer.site.zone if viewer.site else DEFAULT_ZONE
    today, tomorrow = span_of(local_day(now, zone), zone)
    mine = MyJobs(free=list(free(viewer)))
    done_today = and_(Job.status == JobStatus.DONE, Job.ended_at >= today)
    for job in cards(Job.holder_id == viewer.id, or_(Job.status.in_(OPEN_JOB), done_today)):
        if job.status is JobStatus.DONE:
            mine.done.append(job)
        elif job.status is JobStatus.ON_HOLD:
            mine.on_hold.append(job)
        elif job.appointment_at and job.appointment_at >= tomorrow:
            mine.later.append(job)
        else:
            mine.now.append(job)
    mine.later.sort(key=lambda job: (job.appointment_at, job.id))
    mine.on_hold.sort(key=lambda job: (str(job.held_until), job.id))
    mine.done = sorted(mine.done, key=lambda job: (job.ended_at, job.id), reverse=True)[:MOST_DONE]
    return mine


def free(viewer: User) -> list[Job]:
    """The jobs of the viewer's department that wait for a taker qualified like the viewer."""
    if viewer.department_id is None:
        return []
    trades = [row.category_id for row in viewer.qualifications]
    return list(
        cards(
            Job.department_id == viewer.department_id,
            Job.holder_id.is_(None),
            Job.status == JobStatus.DISPATCHED,
            or_(Job.trade_id.is_(None), Job.trade_id.in_(trades)),
            limit=MOST_FREE,
        )
    )


def cards(*wanted: ColumnElement[bool], limit: int | None = None) -> Sequence[Job]:
    """Jobs with what their cards print, most urgent first. Callers name whose jobs they are."""
    return (
        db.session.scalars(
            select(Job)
            .join(Job.service_request)
            .where(*wanted)
            .options(contains_eager(Job.service_request).options(*all_a_card_prints()))
            .order_by(*MOST_URGENT_FIRST)
            .limit(limit)
        )
        .unique()
        .all()
    )


def detail(id: UUID, *, viewer: User) -> Job:
    """One job with all its page prints, for phone/_job.html. Raises NotFound."""
    request = joinedload(Job.service_request)
    job = db.session.scalars(
        jobs.visible_to(viewer)
        .where(Job.id == id)
        .options(
            joinedload(Job.holder),
            joinedload(Job.department),
            request.options(*all_a_card_prints(), joinedload(ServiceRequest.site)),
            request.joinedload(ServiceRequest.resident).joinedload(Resident.phones),
            request.selectinload(ServiceRequest.events),
            request.selectinload(ServiceRequest.attachments),
        )
    ).unique().one_or_none()  # fmt: skip
    if job is None:
        raise NotFound()
    return job


def history_of_unit(job: Job) -> Sequence[Row[Any]]:
    """The last requests at the job's unit: when, of which category, and what came of them.

    They may lie beyond the viewer's reach. Whoever is sent to a unit may know what was repaired there before: it saves
    the resident from telling it again. So these lines carry no words, no name, no number and no link.
    """
    service_request = job.service_request
    outcome = (
        select(Job.outcome)
        .where(Job.service_request_id == ServiceRequest.id, Job.outcome.is_not(None))
        .order_by(Job.ended_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    return db.session.execute(
        select(
            ServiceRequest.registered_at,
            ServiceRequest.kind,
            ServiceRequest.status,
            Category,
            outcome.label("outcome"),
        )
        .outerjoin(Category, ServiceRequest.category_id == Category.id)
        .where(ServiceRequest.unit_id == service_request.unit_id, ServiceRequest.id != service_request.id)
        .order_by(ServiceRequest.registered_at.desc(), ServiceRequest.id)
        .limit(LAST_AT_UNIT)
    ).all()


def left(id: UUID, *, viewer: User) -> Job | None:
    """This job, out of the viewer's reach by now, if it once was in it: in their own hands or their department's.

    With holder and department: who has it now is all that may be told of it.
    """
    held = select(Event.job_id).where(
        Event.job_id == id,
        or_(Event.actor_id == viewer.id, Event.details["from_holder_id"].as_string() == str(viewer.id)),
    )
    was_near = or_(Job.department_id == viewer.department_id, Job.id.in_(held))
    asked = select(Job).where(Job.id == id, was_near).options(joinedload(Job.holder), joinedload(Job.department))
    return db.session.scalar(asked)
