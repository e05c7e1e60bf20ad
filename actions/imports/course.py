"""What the product would have written down about a case, had it been here: events, job and clocks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from actions.history import columns_of
from actions.imports.case import Case
from domain.alarms import alarms, outstanding
from domain.calendars import ROUND_THE_CLOCK
from domain.clocks import Clock, Fact, Reading, next_reading, readings
from domain.kinds import default_class
from domain.lifecycle import ACTIONS, JobStatus, RequestStatus, Subject


class Step(NamedTuple):
    """One action of the case's course."""

    action: str
    at: datetime
    details: Mapping[str, Any] = {}


def course_of(case: Case, format_name: str, department: UUID, survivor: UUID | None) -> list[Step]:
    """Opened and sent to its department at once; when closed, done, and merged into the first case or closed.

    A duplicate that is still open, or whose first case is not here, goes its own way; `duplicate_of` remembers it.
    """
    origin = {"imported_from": format_name, "case_id": case.external_id, "duplicate_of": case.duplicate_of}
    given = {"given_due": {Clock.COMPLETE.value: case.due_at.isoformat()}} if case.due_at else {}
    steps = [
        Step("register", case.opened_at, {name: value for name, value in origin.items() if value} | given),
        Step("dispatch", case.opened_at, {"department_id": str(department)}),
    ]
    if case.closed_at:
        steps += [
            Step("complete", case.closed_at, {"outcome": case.outcome.value, "work_done": case.work_done}),
            Step("conclude", case.closed_at),
            Step("merge", case.closed_at, {"survivor_id": str(survivor)})
            if survivor
            else Step("close_without_call", case.closed_at),
        ]
    return steps


def status_after(steps: list[Step]) -> RequestStatus:
    """Where the request stands at the end of its course."""
    return next(
        RequestStatus(end)
        for step in reversed(steps)
        if (end := ACTIONS[step.action].end) and ACTIONS[step.action].subject is Subject.SERVICE_REQUEST
    )


def events_of(steps: list[Step], request_id: UUID, site_id: UUID, job_id: UUID, now: datetime) -> list[dict[str, Any]]:
    """The rows of the history; its notices count as written, so that nobody is told of the past."""
    status: dict[Subject, str] = {Subject.SERVICE_REQUEST: "", Subject.JOB: JobStatus.DISPATCHED.value}
    rows = []
    for sequence, step in enumerate(steps, 1):
        action = ACTIONS[step.action]
        before = status[action.subject]
        after = status[action.subject] = action.end.value if action.end else before
        rows.append(
            {
                "id": request_id if step.action == "register" else uuid4(), "site_id": site_id,
                "service_request_id": request_id, "job_id": job_id if step.action in ("dispatch", "complete") else None,
                "actor_id": None, "sequence": sequence, "action": step.action, "before": before, "after": after,
                "details": dict(step.details), "happened_at": step.at, "recorded_at": now, "told_at": now,
            }
        )  # fmt: skip
    return rows


def job_of(case: Case, request_id: UUID, site_id: UUID, job_id: UUID, department: UUID, trade: UUID) -> dict[str, Any]:
    """The row of the one job."""
    return {
        "id": job_id, "site_id": site_id, "service_request_id": request_id, "department_id": department,
        "holder_id": None, "trade_id": trade, "status": JobStatus.DONE if case.closed_at else JobStatus.DISPATCHED,
        "instruction": "", "appointment_at": None, "dispatched_at": case.opened_at, "arrived_at": None,
        "pause_reason": None, "held_until": None, "outcome": case.outcome if case.closed_at else None,
        "work_done": case.work_done if case.closed_at else "", "parts": "", "ended_at": case.closed_at,
    }  # fmt: skip


def readings_of(case: Case, steps: list[Step], job_id: UUID) -> tuple[Reading, ...]:
    """What the clocks show; nobody promised anything but the deadline given."""
    given = {Clock.COMPLETE: case.due_at} if case.due_at else {}
    facts = [
        Fact(
            action=step.action,
            happened_at=step.at,
            sequence=sequence,
            job_id=job_id if step.action in ("dispatch", "complete") else None,
            given_due=given if step.action == "register" else {},
            contained=step.action == "complete" and case.outcome.contains,
        )
        for sequence, step in enumerate(steps, 1)
    ]
    return readings(facts, ROUND_THE_CLOCK)


def clock_rows(shown: tuple[Reading, ...], request_id: UUID, site_id: UUID) -> list[dict[str, Any]]:
    """The rows of its clocks."""
    return [
        {"service_request_id": request_id, "number": number, "site_id": site_id, **columns_of(reading)}
        for number, reading in enumerate(shown)
    ]


def clock_columns(case: Case, shown: tuple[Reading, ...], now: datetime) -> dict[str, Any]:
    """What the request's own row keeps of them. Alarms that would be due already are not raised any more."""
    reading = next_reading(shown)
    _, next_alarm_at = outstanding(alarms(shown, default_class(case.kind, None)), [], now)
    return {
        "next_clock": reading.clock if reading else None,
        "next_due_at": reading.due_at if reading else None,
        "next_warn_at": reading.warn_at if reading else None,
        "next_alarm_at": next_alarm_at,
        "next_try_at": None,
        "call_at": None,  # what is closed there waits for no call here
        "clock_started_at": reading.started_at if reading else None,
        "clock_paused": bool(reading and reading.paused),
    }
