"""Reading jobs. Every function takes the viewer, and loads all its template prints."""

from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm.attributes import set_committed_value

from domain.errors import NotFound
from extensions import db
from models import Job, ServiceRequest, User
from queries import reach
from queries.service_requests import for_writing


def visible_to(viewer: User | None) -> Select[Job]:
    """Where every other query here starts: what this person may see at all. The product itself (None) sees all."""
    asked = select(Job)
    return asked if viewer is None else asked.where(reach.of_jobs(viewer))


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
