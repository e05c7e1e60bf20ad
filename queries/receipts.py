"""Reading receipts: what became of the entries people sent."""

from uuid import UUID

from sqlalchemy import bindparam, select

from extensions import db
from models import EntryVerdict, Event, Receipt, User

KNOWN = (
    select(Receipt.__table__.c.id)
    .where(Receipt.id == bindparam("id"))
    .union_all(select(Event.__table__.c.id).where(Event.id == bindparam("id")))
)


def is_applied(id: UUID | None, *, by: User) -> bool:
    """Whether this entry of this person was already done."""
    return id is not None and bool(
        db.session.scalar(
            select(Receipt.id).where(
                Receipt.id == id, Receipt.user_id == by.id, Receipt.verdict == EntryVerdict.APPLIED
            )
        )
    )


def is_new(id: UUID) -> bool:
    """Whether nobody has heard of this id: neither a receipt nor an event has it."""
    return db.session.execute(KNOWN, {"id": id}).first() is None


def found(id: UUID) -> Receipt | None:
    """The receipt of this entry as it is now, whoever sent it, if there is one."""
    return db.session.get(Receipt, id, populate_existing=True)
