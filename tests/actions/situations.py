"""A service request or a job in any status, and what each action is told, for the tests of the lifecycle."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from domain.lifecycle import ACTIONS, JobStatus, RequestStatus
from models import Job, ServiceRequest, User
from tests.factories import completed, dispatched, do, fresh, registered

S, J = RequestStatus, JobStatus
SOON = (datetime.now(UTC) + timedelta(hours=2)).isoformat()


def accepted(cast: Any, **details: Any) -> ServiceRequest:
    service_request = registered(cast, **details)
    do("accept", service_request, cast.agent)
    return fresh(service_request)


def then(begin: Callable[..., ServiceRequest], action: str, **told: Any) -> Callable[..., ServiceRequest]:
    """The situation one action of the agent after another situation."""

    def situation(cast: Any, **details: Any) -> ServiceRequest:
        service_request = begin(cast, **details)
        if action == "merge":
            told["survivor_id"] = str(registered(cast).id)
        do(action, service_request, cast.agent, **told)
        return fresh(service_request)

    return situation


REQUEST_IN: dict[RequestStatus, Callable[..., ServiceRequest]] = {
    S.REGISTERED: lambda cast, **details: fresh(registered(cast, **details)),
    S.ACCEPTED: accepted,
    S.IN_PROGRESS: lambda cast, **details: dispatched(cast, **details)[0],
    S.COMPLETED: completed,
    S.CLOSED: then(completed, "close", verdict="satisfied"),
    S.CANCELLED: then(registered, "cancel", reason="mistake"),
    S.MERGED: then(registered, "merge"),
}

STEPS_TO: dict[JobStatus, tuple[str, ...]] = {
    J.DISPATCHED: (),
    J.ACKNOWLEDGED: ("acknowledge",),
    J.IN_PROGRESS: ("acknowledge", "arrive"),
    J.ON_HOLD: ("acknowledge", "arrive", "hold"),
    J.DONE: ("acknowledge", "arrive", "complete"),
    J.RETURNED: ("return",),
    J.CANCELLED: ("cancel_job",),
}


def job_in(status: JobStatus, cast: Any, **details: Any) -> Job:
    """The technician's job in this status."""
    service_request, job = dispatched(cast, **details)
    for name in STEPS_TO[status]:
        do(name, job, right_person(cast, name), **told(cast, name))
    return next(j for j in fresh(service_request).jobs if j.id == job.id)


def right_person(cast: Any, name: str) -> User:
    """Who does this action in a usual house."""
    if name in ("verify", "close_without_call"):
        return cast.director
    if name == "assign":
        return cast.head
    if name == "take":
        return cast.technician2
    permission = ACTIONS[name].permission
    return cast.technician if permission == "jobs:work" else cast.agent


def told(cast: Any, name: str) -> dict[str, Any]:
    """What is typed with this action."""
    return {
        "dispatch": {"holder_id": str(cast.technician.id)},
        "reply": {"words": "已联系"},
        "close": {"verdict": "fully_satisfied", "reasons": ["responsiveness"]},
        "close_without_call": {"words": "小修抽样"},
        "reopen": {"words": "又漏了"},
        "cancel": {"reason": "by_resident"},
        "merge": {"survivor_id": str(registered(cast).id)} if name == "merge" else {},
        "reclassify": {"service_class": "major_works"},
        "correct": {"corrected": {"place": "厨房"}},
        "promise": {"words": "今晚", "due_at": SOON},
        "call_not_answered": {"next_try_at": SOON},
        "assign": {"holder_id": str(cast.technician2.id)},
        "transfer": {"holder_id": str(cast.technician2.id)},
        "reschedule": {"appointment_at": SOON},
        "hold": {"reason": "parts", "until": "2099-01-01"},
        "complete": {"outcome": "fixed", "work_done": "更换角阀"},
        "return": {"reason": "no_capacity"},
        "cancel_job": {"reason": "solved"},
    }.get(name, {})
