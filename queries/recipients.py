"""Who stands in which place of the notice table towards an event."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from sqlalchemy import or_, select

from domain.days import moment_of
from domain.notice_table import BEYOND_REACH, STANDS_IN, Recipient
from domain.permissions import Permission, Role
from extensions import db
from models import Event, Job, NoticeTarget, User
from queries.surroundings import SAID_UNTIL_WHEN, Surroundings, former_holder_id


def of(place: Recipient, here: Surroundings, event: Event) -> list[User]:
    """The people in this place who may see the request; where there are none, whoever stands in for them."""
    found = {id: here.people[id] for id in PLACES[place](here, event) if id in here.people}
    seeing = [
        person
        for person in found.values()
        if place in BEYOND_REACH or event.service_request_id in here.within_reach[person.id]
    ]
    if not seeing and place in STANDS_IN:
        return of(STANDS_IN[place], here, event)
    return seeing


def centre(here: Surroundings, event: Event) -> list[UUID | None]:
    """Who is on duty; when nobody is, everybody, so that somebody reads it first thing."""
    staff = here.with_role(event, Role.AGENT, Role.DIRECTOR)
    return [person.id for person in staff if person.on_duty] or [person.id for person in staff]


def role(*roles: Role) -> Callable[[Surroundings, Event], list[UUID | None]]:
    return lambda here, event: [person.id for person in here.with_role(event, *roles)]


def heads_of(here: Surroundings, event: Event, jobs: Iterable[Job | None]) -> list[UUID | None]:
    departments = {job.department_id for job in jobs if job}
    return [p.id for p in here.with_role(event, Role.HEAD) if p.department_id in departments]


def holder(here: Surroundings, event: Event) -> list[UUID | None]:
    job = here.job_of(event)
    return [job.holder_id] if job else []


def last_holders(here: Surroundings, event: Event) -> list[UUID | None]:
    jobs = here.requests[event.service_request_id].jobs
    return [job.holder_id for job in jobs if job.ended_at and job.ended_at <= event.happened_at]


def dispatcher(here: Surroundings, event: Event) -> list[UUID | None]:
    """Whoever dispatched the job the event names (for an event of the request, its last job), if still on duty."""
    dispatches = [
        past
        for past in here.past
        if past.action == "dispatch"
        and past.service_request_id == event.service_request_id
        and past.sequence < event.sequence
        and event.job_id in (None, past.job_id)
    ]
    id = max(dispatches, key=lambda past: past.sequence).actor_id if dispatches else None
    return [id] if id in here.people and here.people[id].on_duty else []


def author(here: Surroundings, event: Event) -> list[UUID | None]:
    """Whoever promised what the alarm is about, or called in vain; if still on duty."""
    said = [p for p in here.past if p.service_request_id == event.service_request_id and p.action in SAID_UNTIL_WHEN]
    since = moment_of(event.details["since"])
    id = next((past.actor_id for past in said if past.happened_at == since), None)
    return [id] if id in here.people and here.people[id].on_duty else []


def reporter(here: Surroundings, event: Event) -> list[UUID | None]:
    """Whoever handed it over; the centre's own people follow their queue instead."""
    id = here.requests[event.service_request_id].registered_by_id
    return [id] if id in here.people and not here.people[id].can(Permission.TRIAGE) else []


R = Recipient
PLACES: dict[Recipient, Callable[[Surroundings, Event], list[UUID | None]]] = {
    R.HOLDER: holder,
    R.HOLDERS: lambda here, event: [job.holder_id for job in here.jobs_meant(event)],
    R.FORMER_HOLDER: lambda here, event: [former_holder_id(event)],
    R.LAST_HOLDERS: last_holders,
    R.HEAD: lambda here, event: heads_of(here, event, [here.job_of(event)]),
    R.HEADS: lambda here, event: heads_of(here, event, here.jobs_meant(event)),
    R.DISPATCHER: dispatcher,
    R.AUTHOR: author,
    R.REPORTER: reporter,
    R.CENTRE: centre,
    R.DIRECTOR: role(Role.DIRECTOR),
    R.SITE_DIRECTOR: role(Role.SITE_DIRECTOR),
    R.QUALITY: role(Role.QUALITY),
}


def targets(site_ids: Iterable[UUID]) -> Sequence[NoticeTarget]:
    """The enabled webhooks of these sites, and those of people."""
    return db.session.scalars(
        select(NoticeTarget).where(
            NoticeTarget.is_enabled, or_(NoticeTarget.site_id.in_(site_ids), NoticeTarget.user_id.is_not(None))
        )
    ).all()
