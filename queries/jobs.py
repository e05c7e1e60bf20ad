"""Reading jobs. Every function takes the viewer, and loads all its template prints."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from domain.days import local_day
from domain.errors import NotFound
from domain.lifecycle import JobStatus
from extensions import db
from models import Job, ServiceRequest, Site, User
from queries import reach
from queries.service_requests import for_writing


def visible_to(viewer: User | None) -> Select[Job]:
    """Where every other query here starts: what this person may see at all. The product itself (None) sees all."""
    asked = select(Job)
    return asked if viewer is None else asked.where(reach.of_jobs(viewer))


def for_form(id: UUID, *, viewer: User) -> Job:
    """One job with what the forms of its actions ask of it, and nothing its page prints. Raises NotFound."""
    request = joinedload(Job.service_request)
    asked = visible_to(viewer).where(Job.id == id).options(request.joinedload(ServiceRequest.site))
    job = db.session.scalars(asked).one_or_none()
    if job is None:
        raise NotFound()
    return job


def locked(id: UUID, *, viewer: User | None) -> Job:
    """One job, with its request held until the commit: the request is the lock of all its jobs. Raises NotFound."""
    request_id = db.session.scalar(visible_to(viewer).where(Job.id == id).with_only_columns(Job.service_request_id))
    if request_id is None:
        raise NotFound()
    service_request = db.session.scalars(
        for_writing(select(ServiceRequest).where(ServiceRequest.id == request_id))
    ).one()
    for job in service_request.jobs:
        set_committed_value(job, "service_request", service_request)
    return next(job for job in service_request.jobs if job.id == id)


def at_sites_of(viewer: User, id: UUID) -> Job | None:
    """This job, in whosever hands it is by now, if it is of a site the viewer may see."""
    return db.session.scalar(select(Job).where(Job.id == id, Job.site_id.in_(reach.sites_of(viewer))))


def held_until_today(now: datetime) -> list[UUID]:
    """The jobs on hold whose day has come on the wall clock of their site."""
    rows = db.session.execute(
        select(Job.id, Job.held_until, Site.zone)
        .join(Site, Site.id == Job.site_id)
        .where(Job.status == JobStatus.ON_HOLD, Job.held_until <= (now + timedelta(days=1)).date())
    )
    return [id for id, day, zone in rows if day and day <= local_day(now, zone)]


def last_of(service_request_id: UUID, *, viewer: User) -> UUID | None:
    """The job of this request that was dispatched last, of those the viewer may see."""
    found = visible_to(viewer).where(Job.service_request_id == service_request_id)
    return db.session.scalars(found.with_only_columns(Job.id).order_by(Job.dispatched_at.desc()).limit(1)).first()
