"""Reading the history."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from extensions import db
from models import Event


def of_id(id: UUID) -> Event:
    """The event with this id; it must exist."""
    return db.session.get_one(Event, id)


def exists(id: UUID) -> bool:
    """Whether there is an event with this id."""
    return bool(db.session.scalar(select(select(Event.id).where(Event.id == id).exists())))


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
