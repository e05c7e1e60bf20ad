"""Reading the history."""

from uuid import UUID

from extensions import db
from models import Event


def of_id(id: UUID) -> Event:
    """The event with this id; it must exist."""
    return db.session.get_one(Event, id)
