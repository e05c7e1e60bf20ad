"""Reading receipts: what became of the entries people sent."""

from uuid import UUID

from sqlalchemy import select

from extensions import db
from models import EntryVerdict, Receipt, User


def is_applied(id: UUID | None, *, by: User) -> bool:
    """Whether this entry of this person was already done."""
    return id is not None and bool(
        db.session.scalar(
            select(Receipt.id).where(
                Receipt.id == id, Receipt.user_id == by.id, Receipt.verdict == EntryVerdict.APPLIED
            )
        )
    )


def found(id: UUID) -> Receipt | None:
    """The receipt of this entry as it is now, whoever sent it, if there is one."""
    return db.session.get(Receipt, id, populate_existing=True)
