from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from domain.labelled import Labelled
from domain.wording import N_
from extensions import db
from models.columns import facts, recorded, refers_to, short, uuid_key


class EntryVerdict(Labelled):
    """What became of an entry a client sent under an id of its own."""

    APPLIED = "applied", N_("Applied")
    REFUSED = "refused", N_("Refused")


class Receipt(db.Model):
    """The answer given to an entry: delivered a second time, it gets the same answer."""

    id: Mapped[uuid_key]  # the entry's id, which is the id of the event it caused
    site_id: Mapped[UUID] = refers_to("site.id")
    user_id: Mapped[UUID] = refers_to("user.id")
    action: Mapped[short]
    subject_id: Mapped[UUID]
    digest: Mapped[str] = mapped_column(String(64))  # sha-256 of action, subject and fields
    verdict: Mapped[EntryVerdict]
    reason: Mapped[str] = mapped_column(String(500), default="")
    fields: Mapped[facts]  # kept for what was refused, so that the words are not lost
    received_at: Mapped[recorded]
