"""Reading the history."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from domain.lifecycle import JOB_ACTIONS
from extensions import db
from models import Event

# The names of what brings a job to where it stands, its beginning included.
MOVES_A_JOB = frozenset({"dispatch", *(action.name for action in JOB_ACTIONS.values() if action.end)})


def of_id(id: UUID) -> Event:
    """The event with this id; it must exist."""
    return db.session.get_one(Event, id)


def exists(id: UUID) -> bool:
    """Whether there is an event with this id."""
    return bool(db.session.scalar(select(select(Event.id).where(Event.id == id).exists())))


def found(id: UUID) -> Event | None:
    """The event with this id, if there is one."""
    return db.session.get(Event, id)


def others_between(event: Event, seen: int) -> Sequence[str]:
    """The names of the actions others took to the same request after this version of it and before this event."""
    of_request = Event.service_request_id == event.service_request_id
    asked = select(Event.action).where(of_request, Event.sequence > seen, Event.sequence < event.sequence)
    return db.session.scalars(asked.where(Event.actor_id != event.actor_id).order_by(Event.sequence)).all()


def last_move_of(job_id: UUID) -> Event | None:
    """The event that brought a job where it stands."""
    asked = select(Event).where(Event.job_id == job_id, Event.action.in_(MOVES_A_JOB))
    return db.session.scalar(asked.order_by(Event.sequence.desc()).limit(1))


def untold(limit: int) -> Sequence[Event]:
    """Events nobody was told of yet, the longest waiting requests first; of a request all of them, in their order.

    `limit` is about how many: what one action wrote is never torn apart.
    """
    waiting = select(Event.service_request_id).where(Event.told_at.is_(None)).order_by(Event.recorded_at).limit(limit)
    ids = set(db.session.scalars(waiting))
    return db.session.scalars(
        select(Event)
        .where(Event.service_request_id.in_(ids), Event.told_at.is_(None))
        .order_by(Event.service_request_id, Event.sequence)
        .execution_options(populate_existing=True)
    ).all()


def any_untold() -> bool:
    """Whether there is anything to tell."""
    return bool(db.session.scalar(select(select(Event.id).where(Event.told_at.is_(None)).exists())))
