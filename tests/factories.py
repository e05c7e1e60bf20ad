"""Short ways to the situations stories begin with; everything passes through the same actions as in the product."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm.attributes import set_committed_value

from actions.perform import perform
from actions.service_requests import register
from domain.lifecycle import ACTIONS
from extensions import db
from models import Event, Job, ServiceRequest, User
from queries import service_requests


def registered(
    cast: Any, *, by: User | None = None, happened_at: datetime | None = None, **details: Any
) -> ServiceRequest:
    """A leak in 3-2-501, just reported to the agent by telephone."""
    typed = {
        "kind": "repair",
        "channel": "phone",
        "words": "厨房水管漏水，地板已经湿了",
        "category_id": str(cast.dripping_tap.id),
        "unit_id": str(cast.unit.id),
        "caller_name": "刘女士",
        "caller_phone": "+8613800138000",
    } | details
    return register(typed, by=by or cast.agent, site_id=cast.site.id, happened_at=happened_at)


def do(name: str, subject: Any, by: User, *, happened_at: datetime | None = None, **details: Any) -> Event:
    """Perform an action by its name on a service request or a job."""
    return perform(ACTIONS[name], subject.id, by=by, details=details, happened_at=happened_at)


def dispatched(cast: Any, *, to: User | None = None, **details: Any) -> tuple[ServiceRequest, Job]:
    """The leak, accepted and dispatched to the technician (or to `to`); the request and its job."""
    service_request = registered(cast, **details)
    do("accept", service_request, cast.agent)
    event = do("dispatch", service_request, cast.agent, holder_id=str((to or cast.technician).id))
    service_request = fresh(service_request)
    return service_request, next(job for job in service_request.jobs if job.id == event.job_id)


def completed(cast: Any, **details: Any) -> ServiceRequest:
    """The leak, repaired by the technician and waiting for the follow-up call."""
    service_request, job = dispatched(cast, **details)
    do("acknowledge", job, cast.technician)
    do("arrive", job, cast.technician)
    do("complete", job, cast.technician, outcome="fixed", work_done="更换角阀")
    return fresh(service_request)


def fresh(service_request: ServiceRequest) -> ServiceRequest:
    """The request as it is now, history and jobs loaded."""
    found = service_requests.locked(service_request.id, viewer=None)
    for job in found.jobs:
        set_committed_value(job, "service_request", found)
    db.session.commit()  # lets the lock go: others will want to act
    return found


def as_uuid(id: UUID | None) -> UUID:
    """An id that must be there."""
    assert id is not None
    return id
