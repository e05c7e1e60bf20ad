"""What each action changes in a service request beyond its status. Called by perform() alone, in its unit of work."""

from datetime import datetime
from typing import Any
from uuid import UUID

from actions.history import record
from actions.search_texts import make_findable
from domain.errors import Invalid
from domain.kinds import Kind
from domain.lifecycle import JOB_ACTIONS, OPEN, OPEN_JOB
from domain.outcomes import Verdict
from domain.service_classes import ServiceClass
from domain.wording import N_
from extensions import db
from models import Event, FollowUp, ServiceRequest
from queries import categories, service_requests, service_standards


def call_off_jobs(service_request: ServiceRequest, event: Event) -> None:
    """Every open job is called off, each with an event of its own so that its holder is told."""
    for job in service_request.jobs:
        if job.status in OPEN_JOB:
            record(JOB_ACTIONS["cancel_job"], service_request, by=None, job=job, happened_at=event.happened_at)
            job.ended_at = event.happened_at


def complete(service_request: ServiceRequest, event: Event) -> None:
    """Nothing is left to do but to ask the resident."""
    service_request.completed_at = event.happened_at
    service_request.completed_by_id = event.actor_id


def reply(service_request: ServiceRequest, event: Event) -> None:
    """Answered: what was still under way for it has become needless."""
    call_off_jobs(service_request, event)
    complete(service_request, event)


def verify(service_request: ServiceRequest, event: Event) -> None:
    """A second person has checked the result."""
    service_request.verified_at = event.happened_at


def follow_up(service_request: ServiceRequest, event: Event) -> None:
    """The call that was made, reached or not: a row of its own, with the event's id."""
    verdict = event.details.get("verdict")
    next_try = event.details.get("next_try_at")
    db.session.flush()
    db.session.add(
        FollowUp(
            id=event.id,
            site_id=service_request.site_id,
            service_request_id=service_request.id,
            made_by_id=event.actor_id,
            made_at=event.happened_at,
            is_reached=verdict is not None,
            verdict=Verdict(verdict) if verdict else None,
            reasons=event.details.get("reasons", []),
            words=event.details.get("words", ""),
            next_try_at=datetime.fromisoformat(next_try) if next_try else None,
        )
    )


def close(service_request: ServiceRequest, event: Event) -> None:
    """Closed by a person who called."""
    follow_up(service_request, event)
    service_request.closed_at = event.happened_at


def close_without_call(service_request: ServiceRequest, event: Event) -> None:
    """Closed by a person who did not call, and says so."""
    service_request.closed_at = event.happened_at


def reopen(service_request: ServiceRequest, event: Event) -> None:
    """Not solved after all: a new round begins. The verdict that caused it, if any, is kept as a follow-up."""
    if event.details.get("verdict"):
        follow_up(service_request, event)
    service_request.completed_at = service_request.completed_by_id = None
    service_request.verified_at = service_request.closed_at = None
    service_request.times_reopened += 1


def cancel(service_request: ServiceRequest, event: Event) -> None:
    """Called off as a whole."""
    call_off_jobs(service_request, event)
    service_request.closed_at = event.happened_at


def merge(service_request: ServiceRequest, event: Event) -> None:
    """The survivor carries on; this one stays as its reporter's record. Raises Invalid for an impossible survivor."""
    survivor = service_requests.locked_at_site(UUID(event.details["survivor_id"]), service_request.site_id)
    if survivor is None or survivor.id == service_request.id or survivor.status not in OPEN:
        raise Invalid("survivor_id", N_("Choose another open request of the same site."))
    call_off_jobs(service_request, event)
    service_request.merged_into_id = survivor.id
    service_request.closed_at = event.happened_at


def reclassify(service_request: ServiceRequest, event: Event) -> None:
    """Another service class, with the standard now in force for it; decided clocks keep their verdict."""
    service_request.service_class = ServiceClass(event.details["service_class"])
    standard = service_standards.in_force(service_request, at=event.happened_at)
    service_request.follow_up_share = standard.follow_up_share
    event.details = {**event.details, "standard_id": str(standard.id)}


def correct(service_request: ServiceRequest, event: Event) -> None:
    """What was written down wrongly is put right; the event keeps what stood there before."""
    corrected: dict[str, Any] = dict(event.details["corrected"])
    before = {name: getattr(service_request, name) for name in corrected}
    for name in ("category_id", "unit_id", "building_id", "resident_id"):
        if corrected.get(name):
            corrected[name] = UUID(corrected[name])
    if "kind" in corrected:
        corrected["kind"] = Kind(corrected["kind"])
    if "category_id" in corrected:
        categories.named(corrected["category_id"], service_request.site_id)
    for name, value in corrected.items():
        setattr(service_request, name, value)
    event.details = {
        "corrected": {name: value if value is None else str(value) for name, value in corrected.items()},
        "before": {name: value if value is None else str(value) for name, value in before.items()},
    }
    make_findable(service_request)


def chase(service_request: ServiceRequest, event: Event) -> None:
    """Urged on once more."""
    service_request.times_chased += 1


def escalate(service_request: ServiceRequest, event: Event) -> None:
    """Taken one step up."""
    service_request.times_escalated += 1


EFFECTS = {
    "reply": reply,
    "verify": verify,
    "close": close,
    "close_without_call": close_without_call,
    "reopen": reopen,
    "cancel": cancel,
    "merge": merge,
    "reclassify": reclassify,
    "correct": correct,
    "chase": chase,
    "escalate": escalate,
    "call_not_answered": follow_up,
}
