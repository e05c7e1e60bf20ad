"""What surrounds a batch of events: the requests they happened to, and the people they may concern."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload, selectinload

from domain.lifecycle import OPEN_JOB
from domain.permissions import Role
from extensions import db
from models import Event, Job, ServiceRequest, Site, User, UserRole
from queries import reach

TOLD_BY_ROLE = frozenset({Role.AGENT, Role.DIRECTOR, Role.SITE_DIRECTOR, Role.HEAD, Role.QUALITY})
SAID_UNTIL_WHEN = ("promise", "call_not_answered")
# What is looked up in the history: who dispatched, how often before, who said until when.
COUNTED = ("dispatch", "reopen", "escalate", *SAID_UNTIL_WHEN)


@dataclass(frozen=True)
class Past:
    """One earlier event, as far as the table asks for it."""

    service_request_id: UUID
    sequence: int
    action: str
    job_id: UUID | None
    actor_id: UUID | None
    happened_at: datetime


@dataclass(frozen=True)
class Surroundings:
    """What a batch of events happened to, and the enabled people it may concern."""

    requests: dict[UUID, ServiceRequest]
    past: list[Past]
    people: dict[UUID, User]
    within_reach: dict[UUID, frozenset[UUID]]  # person -> requests

    def times_before(self, event: Event) -> int:
        """How often the same was done to this request before."""
        return sum(
            past.service_request_id == event.service_request_id
            and past.action == event.action
            and past.sequence < event.sequence
            for past in self.past
        )

    def job_of(self, event: Event) -> Job | None:
        """The job the event happened to."""
        return next((job for job in self.requests[event.service_request_id].jobs if job.id == event.job_id), None)

    def jobs_meant(self, event: Event) -> list[Job]:
        """The job the event names, else all open ones of its request."""
        named = event.job_id or event.details.get("job_id")
        jobs = self.requests[event.service_request_id].jobs
        return [job for job in jobs if (str(job.id) == str(named) if named else job.status in OPEN_JOB)]

    def with_role(self, event: Event, *roles: Role) -> list[User]:
        """The people of the request's site, or of the company, who hold one of these roles."""
        site = self.requests[event.service_request_id].site
        return [
            person
            for person in self.people.values()
            if person.roles & set(roles) and person.company_id == site.company_id and person.site_id in (None, site.id)
        ]


def former_holder_id(event: Event) -> UUID | None:
    """Who held the job before it changed hands."""
    id = event.details.get("from_holder_id")
    return UUID(id) if id else None


def around(events: Sequence[Event]) -> Surroundings:
    """Everything needed to say who is told of these events; a handful of statements and one for each person."""
    ids = {event.service_request_id for event in events}
    requests = {
        request.id: request
        for request in db.session.scalars(
            select(ServiceRequest)
            .where(ServiceRequest.id.in_(ids))
            .options(joinedload(ServiceRequest.site), selectinload(ServiceRequest.jobs))
            .execution_options(populate_existing=True)
        )
    }
    past = db.session.execute(
        select(*(getattr(Event, column.name) for column in fields(Past))).where(
            Event.service_request_id.in_(ids), Event.action.in_(COUNTED)
        )
    )
    here = Surroundings(requests, [Past(*row) for row in past], {}, {})
    here.people.update((person.id, person) for person in concerned(here, events))
    here.within_reach.update((id, reached(person, ids)) for id, person in here.people.items())
    return here


def concerned(here: Surroundings, events: Sequence[Event]) -> Sequence[User]:
    """Enabled people of these sites in a role the table names, and those the events and jobs name."""
    sites = {request.site_id for request in here.requests.values()}
    named = {request.registered_by_id for request in here.requests.values()}
    named |= {job.holder_id for request in here.requests.values() for job in request.jobs}
    named |= {past.actor_id for past in here.past} | {event.actor_id for event in events}
    named |= {former for event in events if (former := former_holder_id(event))}
    companies = select(Site.company_id).where(Site.id.in_(sites))
    has_role = User.id.in_(select(UserRole.user_id).where(UserRole.role.in_(TOLD_BY_ROLE)))
    at_hand = and_(User.company_id.in_(companies), or_(User.site_id.is_(None), User.site_id.in_(sites)), has_role)
    return db.session.scalars(
        select(User)
        .where(User.is_enabled, or_(at_hand, User.id.in_(named - {None})))
        .options(selectinload(User.role_rows))
        .execution_options(populate_existing=True)
    ).all()


def reached(person: User, request_ids: Iterable[UUID]) -> frozenset[UUID]:
    """Which of these requests the person may see."""
    asked = select(ServiceRequest.id).where(ServiceRequest.id.in_(request_ids), reach.of_service_requests(person))
    return frozenset(db.session.scalars(asked))
