"""The conditions of the lifecycle that a status alone cannot tell.

Each takes (subject, user, now) and returns the sentence that forbids the action, or None.
A service request offers kind, service_class, verified_at, completed_by_id, closed_at and follow_up_share;
a job offers holder_id, department_id and trade_id (its top-level category).
"""

from datetime import datetime, timedelta
from typing import Any

from domain.kinds import Kind
from domain.permissions import Permission, Role, can
from domain.service_classes import ServiceClass
from domain.wording import N_

REOPEN_WINDOW = timedelta(days=30)
MAY_SKIP_ACCEPTANCE = frozenset({ServiceClass.EMERGENCY, ServiceClass.URGENT, ServiceClass.SERIOUS_COMPLAINT})


def accepted_unless_urgent(request: Any, user: Any, now: datetime) -> str | None:
    """Only emergencies are dispatched before anybody has accepted them."""
    if request.status == "registered" and request.service_class not in MAY_SKIP_ACCEPTANCE:
        return N_("Accept this request before dispatching it.")
    return None


def second_person(request: Any, user: Any, now: datetime) -> str | None:
    """A check by whoever did the work is no check (落实、监督、检查)."""
    if request.completed_by_id == user.id:
        return N_("Somebody else must verify what you completed.")
    return None


def verified_if_complaint(request: Any, user: Any, now: datetime) -> str | None:
    """A complaint is checked by a second person before it is closed."""
    if request.kind is Kind.COMPLAINT and request.verified_at is None:
        return N_("A complaint must be verified before it is closed.")
    return None


def follow_up_is_sampled(request: Any, user: Any, now: datetime) -> str | None:
    """Closing without a call is for service classes of which only a share is called."""
    if request.follow_up_share >= 100:
        return N_("Every request of this service class gets a follow-up call.")
    return None


def within_reopen_window(request: Any, user: Any, now: datetime) -> str | None:
    """Later than the window, a new request tells the truth better than an old one reopened."""
    if request.closed_at and now - request.closed_at > REOPEN_WINDOW:
        return N_("Closed too long ago to reopen: register a new request.")
    return None


def holder(job: Any, user: Any, now: datetime) -> str | None:
    """The job is in this person's hands."""
    if job.holder_id != user.id:
        return N_("This job is not in your hands.")
    return None


def holder_or_head(job: Any, user: Any, now: datetime) -> str | None:
    """The holder; or, while nobody holds it, the head of the department it was sent to."""
    if job.holder_id is None and Role.HEAD in user.roles and job.department_id == user.department_id:
        return None
    return holder(job, user, now)


def holder_head_or_centre(job: Any, user: Any, now: datetime) -> str | None:
    """The holder, the head of the job's department, or the centre: whoever spoke with the resident."""
    if can(user, Permission.DISPATCH) or (Role.HEAD in user.roles and job.department_id == user.department_id):
        return None
    return holder(job, user, now)


def free_and_qualified(job: Any, user: Any, now: datetime) -> str | None:
    """Nobody holds it, and this colleague of the department is on duty and qualified for its category."""
    if job.holder_id is not None:
        return N_("A colleague has already taken this job.")
    if job.department_id != user.department_id:
        return N_("This job was sent to another department.")
    if not user.on_duty:
        return N_("Switch yourself on duty before taking a job.")
    if not user.is_qualified_for(job.trade_id):
        return N_("You are not qualified for this category.")
    return None
