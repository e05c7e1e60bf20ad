"""The two lifecycles: what may happen to a service request and to a job, written once.

Buttons, URLs, forms, permissions, phone sync, statistics and docs/lifecycle.md all read these tables.
Nobody else compares statuses to decide what may happen next.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from domain import rules
from domain.errors import NotAllowedNow, NotPermitted
from domain.labelled import Labelled
from domain.permissions import Permission, can
from domain.wording import N_


class RequestStatus(Labelled):
    """Where a service request stands."""

    REGISTERED = "registered", N_("To accept")
    ACCEPTED = "accepted", N_("To dispatch")
    IN_PROGRESS = "in_progress", N_("In progress")
    COMPLETED = "completed", N_("To call back")
    CLOSED = "closed", N_("Closed")
    CANCELLED = "cancelled", N_("Cancelled")
    MERGED = "merged", N_("Merged")


class JobStatus(Labelled):
    """Where a job stands."""

    DISPATCHED = "dispatched", N_("Dispatched")
    ACKNOWLEDGED = "acknowledged", N_("Acknowledged")
    IN_PROGRESS = "working", N_("At work")
    ON_HOLD = "on_hold", N_("On hold")
    DONE = "done", N_("Done")
    RETURNED = "returned", N_("Returned")
    CANCELLED = "called_off", N_("Called off")


class Subject(Labelled):
    """What an action is done to."""

    SERVICE_REQUEST = "service_request", N_("Service request")
    JOB = "job", N_("Job")


Rule = Callable[[Any, Any, datetime], str | None]
"""(subject, user, now) -> the sentence that forbids the action, or None. See domain/rules.py."""


@dataclass(frozen=True)
class Action:
    """One row of a lifecycle."""

    subject: Subject
    name: str
    label: str
    start: frozenset[Labelled | None]  # None: before there was anything
    end: Labelled | None  # None: the status stays as it is
    permission: Permission | None  # None: follows from another action, nobody presses it
    rule: Rule | None = None
    offline: bool = False  # may a phone record it without a signal?
    exclusive: bool = False  # refused if somebody else moved the record since this person saw it


S, J, P = RequestStatus, JobStatus, Permission
OPEN: frozenset[Labelled] = frozenset({S.REGISTERED, S.ACCEPTED, S.IN_PROGRESS, S.COMPLETED})
UNSOLVED: frozenset[Labelled] = OPEN - {S.COMPLETED}
OPEN_JOB: frozenset[Labelled] = frozenset({J.DISPATCHED, J.ACKNOWLEDGED, J.IN_PROGRESS, J.ON_HOLD})
_REASSIGNABLE = OPEN_JOB - {J.IN_PROGRESS}


def _request(name: str, label: str, start: Any, end: Any, permission: Permission | None, **more: Any) -> Action:
    return Action(Subject.SERVICE_REQUEST, name, label, frozenset(start), end, permission, **more)


def _job(name: str, label: str, start: Any, end: Any, permission: Permission | None, **more: Any) -> Action:
    return Action(Subject.JOB, name, label, frozenset(start), end, permission, **more)


_REQUEST_ACTIONS = (
    _request("register", N_("Register"), {None}, S.REGISTERED, P.REGISTER, offline=True),
    _request("accept", N_("Accept"), {S.REGISTERED}, S.ACCEPTED, P.TRIAGE),
    _request(
        "dispatch",
        N_("Dispatch"),
        {S.REGISTERED, S.ACCEPTED, S.IN_PROGRESS},
        S.IN_PROGRESS,
        P.DISPATCH,
        rule=rules.accepted_unless_urgent,
        exclusive=True,
    ),
    _request("reply", N_("Reply"), UNSOLVED, S.COMPLETED, P.TRIAGE, exclusive=True),
    _request("conclude", N_("All jobs done"), {S.IN_PROGRESS}, S.COMPLETED, None),
    _request("send_back", N_("Back to the centre"), {S.IN_PROGRESS}, S.ACCEPTED, None),
    _request("verify", N_("Verify"), {S.COMPLETED}, None, P.VERIFY, rule=rules.second_person),
    _request("close", N_("Close after call"), {S.COMPLETED}, S.CLOSED, P.FOLLOW_UP, rule=rules.verified_if_complaint),
    _request(
        "close_without_call",
        N_("Close without a call"),
        {S.COMPLETED},
        S.CLOSED,
        P.CLOSE_WITHOUT_CALL,
        rule=rules.follow_up_is_sampled,
    ),
    _request("reopen", N_("Reopen"), {S.COMPLETED, S.CLOSED}, S.ACCEPTED, P.FOLLOW_UP, rule=rules.within_reopen_window),
    _request("cancel", N_("Cancel request"), UNSOLVED, S.CANCELLED, P.TRIAGE, exclusive=True),
    _request("merge", N_("Merge"), OPEN, S.MERGED, P.TRIAGE, exclusive=True),
    _request("reclassify", N_("Change service class"), UNSOLVED, None, P.TRIAGE, exclusive=True),
    _request("correct", N_("Correct"), OPEN, None, P.TRIAGE, exclusive=True),
    _request("chase", N_("Chase"), OPEN, None, P.CHASE),
    _request("escalate", N_("Escalate"), OPEN, None, P.ESCALATE),
    _request("promise", N_("Promise"), OPEN, None, P.PROMISE),
    _request("annotate", N_("Add a note"), OPEN, None, P.ANNOTATE, offline=True),
    _request("call_not_answered", N_("Call not answered"), OPEN, None, P.FOLLOW_UP),
    _request("warn", N_("Deadline near"), OPEN, None, None),
    _request("breach", N_("Deadline passed"), OPEN, None, None),
    _request("call_again", N_("Time to call again"), OPEN, None, None),
)

_JOB_ACTIONS = (
    _job("assign", N_("Assign"), _REASSIGNABLE, J.DISPATCHED, P.ASSIGN, exclusive=True),
    _job("take", N_("Take"), {J.DISPATCHED}, J.ACKNOWLEDGED, P.WORK, rule=rules.free_and_qualified),
    _job("acknowledge", N_("Acknowledge"), {J.DISPATCHED}, J.ACKNOWLEDGED, P.WORK, rule=rules.holder, offline=True),
    _job(
        "arrive", N_("Arrive"), {J.DISPATCHED, J.ACKNOWLEDGED}, J.IN_PROGRESS, P.WORK, rule=rules.holder, offline=True
    ),
    _job(
        "hold", N_("Put on hold"), {J.ACKNOWLEDGED, J.IN_PROGRESS}, J.ON_HOLD, P.WORK, rule=rules.holder, offline=True
    ),
    _job("resume", N_("Resume"), {J.ON_HOLD}, J.IN_PROGRESS, P.WORK, rule=rules.holder, offline=True),
    _job("complete", N_("Complete"), OPEN_JOB, J.DONE, P.WORK, rule=rules.holder, offline=True),
    _job("transfer", N_("Hand to a colleague"), _REASSIGNABLE, J.DISPATCHED, P.WORK, rule=rules.holder, offline=True),
    _job("return", N_("Return"), _REASSIGNABLE, J.RETURNED, P.WORK, rule=rules.holder_or_head, offline=True),
    _job(
        "reschedule", N_("Make or move the appointment"), OPEN_JOB, None, P.RESCHEDULE, rule=rules.holder_head_or_centre
    ),
    _job("cancel_job", N_("Call off job"), OPEN_JOB, J.CANCELLED, P.DISPATCH),
)

REQUEST_ACTIONS: dict[str, Action] = {action.name: action for action in _REQUEST_ACTIONS}
JOB_ACTIONS: dict[str, Action] = {action.name: action for action in _JOB_ACTIONS}
ACTIONS: dict[str, Action] = REQUEST_ACTIONS | JOB_ACTIONS


def refusal(action: Action, subject: Any, user: Any, now: datetime) -> NotPermitted | NotAllowedNow | None:
    """Why this person may not do this to this subject now; None when they may.

    `user` is None for the product itself, which holds no permissions and is bound by statuses alone.
    """
    if user and (action.permission is None or not can(user, action.permission)):
        return NotPermitted()
    if subject.status not in action.start:
        return NotAllowedNow()
    if user and action.rule and (sentence := action.rule(subject, user, now)):
        return NotAllowedNow(sentence)
    return None


def next_status(action: Action, subject: Any, user: Any, now: datetime) -> Labelled:
    """The status the action leads to. Raises NotPermitted or NotAllowedNow."""
    if refused := refusal(action, subject, user, now):
        raise refused
    return action.end or subject.status


def available_actions(subject: Any, user: Any, now: datetime) -> list[Action]:
    """Exactly the actions this person may do to this subject now, in the order of the table."""
    table = JOB_ACTIONS if isinstance(subject.status, JobStatus) else REQUEST_ACTIONS
    return [action for action in table.values() if not refusal(action, subject, user, now)]
