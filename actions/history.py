"""Writing the history: every change of a service request is one event."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from actions import figures
from actions.unit_of_work import ring, write
from domain.clocks import Reading, next_reading
from domain.lifecycle import Action, RequestStatus, Subject, next_status
from domain.next_try import next_try
from domain.rules import REOPEN_WINDOW
from extensions import db, now
from models import ClockReading, Event, Job, ServiceRequest, User
from queries import clocks, deadlines


def record(
    action: Action,
    service_request: ServiceRequest,
    *,
    by: User | None,
    job: Job | None = None,
    details: Mapping[str, Any] | None = None,
    event_id: UUID | None = None,
    happened_at: datetime | None = None,
) -> Event:
    """Move the status as the lifecycle says, and write down that it did.

    `happened_at` (aware; default now) is capped at now. The request must be locked.
    Raises NotPermitted or NotAllowedNow and changes nothing.
    """
    moment = now()
    subject: Any = job if action.subject is Subject.JOB else service_request
    before, after = subject.status, next_status(action, subject, by, moment)
    service_request.version += 1
    service_request.changed_at = moment
    event = Event(
        id=event_id or uuid4(),
        site_id=service_request.site_id,
        service_request=service_request,
        service_request_id=service_request.id,
        job_id=job.id if job else None,
        actor_id=by.id if by else None,
        sequence=service_request.version,
        action=action.name,
        before=before or "",
        after=after,
        details=dict(details or {}),
        happened_at=min(happened_at or moment, moment),
        recorded_at=moment,
    )
    subject.status = after
    write(event)
    ring("tell")
    return event


def recount_clock(service_request: ServiceRequest) -> None:
    """Keep what the clocks answer: what is due next on the row, for the order of lists; all of it for statistics."""
    with db.session.no_autoflush:  # the event and what follows from it are written in one go
        readings = clocks.of_service_request(service_request)
    keep_readings(service_request, readings)
    reading = next_reading(readings)
    service_request.next_clock = reading.clock if reading else None
    service_request.next_due_at = reading.due_at if reading else None
    service_request.next_warn_at = reading.warn_at if reading else None
    service_request.clock_started_at = reading.started_at if reading else None
    service_request.clock_paused = bool(reading and reading.paused)
    keep_next_call(service_request)
    service_request.next_alarm_at = deadlines.next_look(service_request, readings, now())
    figures.doubt(service_request)


def keep_next_call(service_request: ServiceRequest) -> None:
    """When the resident is tried again; and, of what waits for the follow-up call, by when it is to be made.

    Where nobody has to call, a call makes sense as long as the request can be reopened.
    """
    to_call = next_try(service_request.events)
    service_request.next_try_at = to_call.at if to_call else None
    waits = service_request.status is RequestStatus.COMPLETED
    done = service_request.completed_at
    by = service_request.next_try_at or service_request.next_due_at or (done + REOPEN_WINDOW if done else None)
    service_request.call_at = by if waits else None


def keep_readings(service_request: ServiceRequest, readings: Sequence[Reading]) -> None:
    """One row for each run of a clock; only what has changed is written."""
    kept = service_request.readings
    for number, reading in enumerate(readings):
        columns = columns_of(reading)
        if number == len(kept):
            kept.append(ClockReading(number=number, site_id=service_request.site_id, **columns))
        else:
            for name, value in columns.items():
                setattr(kept[number], name, value)
    del kept[len(readings) :]


def columns_of(reading: Reading) -> dict[str, Any]:
    """A reading as its row keeps it."""
    return {
        "clock": reading.clock,
        "round": reading.round,
        "started_at": reading.started_at,
        "due_at": reading.due_at,
        "stopped_at": reading.stopped_at,
        "is_paused": reading.paused,
        "is_void": reading.void,
        "is_late": reading.stopped_at is not None and reading.is_late(reading.stopped_at),
    }
