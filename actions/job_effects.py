"""What each action changes in a job beyond its status, and what follows for its request. Called by perform() alone."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

from actions.history import record
from actions.service_request_effects import complete as complete_request
from domain.errors import Invalid
from domain.lifecycle import OPEN_JOB, REQUEST_ACTIONS, JobStatus, RequestStatus
from domain.outcomes import Outcome, PauseReason
from domain.wording import N_
from extensions import db, now
from models import Department, Event, Job, ServiceRequest, User
from queries import colleagues


def target(details: Mapping[str, Any], site_id: UUID) -> tuple[Department, User | None]:
    """The department and, if named, the person an order goes to. Raises Invalid for anybody outside the site."""
    holder_id = details.get("holder_id")
    holder = colleagues.able_to_hold(UUID(holder_id), site_id) if holder_id else None
    if holder_id and holder is None:
        raise Invalid("target", N_("This colleague cannot take jobs here."))
    department_id = holder.department_id if holder else UUID(details["department_id"])
    department = colleagues.department_at(department_id, site_id)
    if department is None:
        raise Invalid("target", N_("Choose a department or a person of this site."))
    return department, holder


def names_of(department: Department, holder: User | None) -> dict[str, str]:
    """Into whose hands an order went, by the names they had then: a history is read without looking anybody up."""
    return {"name": department.name, "name_en": department.name_en, "holder": holder.name if holder else ""}


def dispatch(service_request: ServiceRequest, event: Event) -> None:
    """The event keeps the names of whom the order went to."""
    job = next(job for job in service_request.jobs if job.id == event.job_id)
    event.details = {**event.details, "to": names_of(job.department, job.holder)}


def begun(service_request: ServiceRequest, details: Mapping[str, Any], happened_at: datetime | None) -> Job:
    """The job a dispatch creates: for a department, whose head assigns it, or for a person directly."""
    department, holder = target(details, service_request.site_id)
    appointment = details.get("appointment_at")
    job = Job(
        id=uuid4(),
        site_id=service_request.site_id,
        service_request_id=service_request.id,
        department=department,
        department_id=department.id,
        holder=holder,
        holder_id=holder.id if holder else None,
        trade_id=service_request.category.trade_id if service_request.category else None,
        status=JobStatus.DISPATCHED,
        instruction=details.get("instruction", ""),
        appointment_at=datetime.fromisoformat(appointment) if appointment else None,
        dispatched_at=min(happened_at or now(), now()),
    )
    service_request.jobs.append(job)
    db.session.flush()  # the dispatch's event refers to it
    return job


def reassign(job: Job, event: Event) -> None:
    """Into other hands, of the same site."""
    department, holder = target(event.details, job.site_id)
    before = str(job.holder_id) if job.holder_id else None
    event.details = {**event.details, "from_holder_id": before, "to": names_of(department, holder)}
    job.department_id, job.holder_id = department.id, holder.id if holder else None
    job.pause_reason = job.held_until = None


def reschedule(job: Job, event: Event) -> None:
    """Another appointment with the resident, or the first one; the event keeps the one before."""
    before = job.appointment_at
    event.details = {**event.details, "instead_of": before.isoformat() if before else None}
    job.appointment_at = datetime.fromisoformat(event.details["appointment_at"])


def take(job: Job, event: Event) -> None:
    """Taken by a colleague of the department."""
    job.holder_id = event.actor_id


def arrive(job: Job, event: Event) -> None:
    """On the spot."""
    job.arrived_at = job.arrived_at or event.happened_at


def hold(job: Job, event: Event) -> None:
    """Waits, until a local day if one is named. Whether the clocks stand still is decided now, and kept."""
    job.pause_reason = PauseReason(event.details["reason"])
    job.held_until = date.fromisoformat(event.details["until"])
    event.details = {**event.details, "stops_clock": job.pause_reason.stops_clock}


def resume(job: Job, event: Event) -> None:
    """Work goes on."""
    job.pause_reason = job.held_until = None


def complete(job: Job, event: Event) -> None:
    """Done, with what was done."""
    job.outcome = Outcome(event.details["outcome"])
    job.work_done = event.details.get("work_done", "")
    job.parts = event.details.get("parts", "")
    end(job, event)


def end(job: Job, event: Event) -> None:
    """The job is over. With the last open one the request moves on: completed if anything was done, else back."""
    job.ended_at = event.happened_at
    job.held_until = None
    service_request = job.service_request
    if service_request.status != RequestStatus.IN_PROGRESS or any(j.status in OPEN_JOB for j in service_request.jobs):
        return
    if any(j.status is JobStatus.DONE for j in jobs_of_this_round(service_request)):
        follow(service_request, "conclude", event)
        complete_request(service_request, event)
    else:
        follow(service_request, "send_back", event)


def follow(service_request: ServiceRequest, name: str, event: Event) -> None:
    """What follows from a job's end is an event of the request, done by the product itself."""
    record(REQUEST_ACTIONS[name], service_request, by=None, happened_at=event.happened_at)


def jobs_of_this_round(service_request: ServiceRequest) -> list[Job]:
    """The jobs dispatched since the request was last reopened."""
    reopened = [event.sequence for event in service_request.events if event.action == "reopen"]
    since = max(reopened, default=0)
    ids = {e.job_id for e in service_request.events if e.action == "dispatch" and e.sequence > since}
    return [job for job in service_request.jobs if job.id in ids]


EFFECTS = {
    "dispatch": dispatch,
    "assign": reassign,
    "transfer": reassign,
    "reschedule": reschedule,
    "take": take,
    "arrive": arrive,
    "hold": hold,
    "resume": resume,
    "complete": complete,
    "return": end,
    "cancel_job": end,
}
