from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String, and_, literal_column
from sqlalchemy.orm import Mapped, mapped_column

from domain.labelled import Labelled
from domain.wording import N_
from extensions import db
from models.columns import Moment, facts, prose, recorded, refers_to, related, short, title, uuid_key, values
from models.job import Job
from models.service_request import ServiceRequest
from models.user import User


class EntryVerdict(Labelled):
    """What became of an entry a client sent under an id of its own."""

    APPLIED = "applied", N_("Applied")
    REFUSED = "refused", N_("Refused")
    WITHDRAWN = "withdrawn", N_("Discarded on the phone")  # a late copy of it is never applied
    BROUGHT = (
        "brought",
        N_("Brought in a file"),
    )  # exported by a phone that could not deliver it, for the centre to read


class Receipt(db.Model):
    """The answer given to an entry: delivered a second time, it gets the same answer. Nothing deletes receipts.

    A desk's form leaves one, too; then what only a phone says (`sequence`, `phone_id`, `said_at`, `sent_at`,
    `content_digest`) is empty.
    """

    id: Mapped[uuid_key]  # the entry's id, which is the id of the event it caused
    site_id: Mapped[UUID] = refers_to("site.id")
    user_id: Mapped[UUID] = refers_to("user.id")
    action: Mapped[short]
    subject_id: Mapped[UUID | None]  # None: withdrawn before anybody here knew what it was about
    service_request_id: Mapped[UUID | None] = refers_to("service_request.id")
    job_id: Mapped[UUID | None] = refers_to("job.id", index=False)
    digest: Mapped[str] = mapped_column(String(64))  # sha-256 of action, subject and details; "" if nothing was done
    content_digest: Mapped[str | None] = mapped_column(String(64))  # sha-256 of the address and the fields as sent
    verdict: Mapped[EntryVerdict]
    code: Mapped[short] = mapped_column(default="")  # which kind of yes or no; blueprints/entries.py has them
    reason: Mapped[prose] = mapped_column(default="")  # the sentence the sender was told, in the sender's language
    answer: Mapped[facts]  # what else the sender was told: fields in error, version, status, url; reason untranslated
    label: Mapped[title] = mapped_column(default="")  # what the phone calls the entry
    fields: Mapped[facts]  # what was sent, name → values, kept where no event keeps it, so that no words are lost
    photos: Mapped[values]  # the photos named with it: field, sha256, name, size, type, and state wanted|kept|refused
    phone_id: Mapped[UUID | None]
    sequence: Mapped[int | None]  # the entry's place in the phone's outbox
    said_at: Mapped[datetime | None] = mapped_column(Moment)  # when it was done, by the phone's clock
    sent_at: Mapped[datetime | None] = mapped_column(Moment)  # when it was first sent, by the phone's clock
    received_at: Mapped[recorded]  # by ours
    deliveries: Mapped[int] = mapped_column(default=1)
    replaced_by: Mapped[UUID | None]  # the entry that was sent again in its place
    dismissed_at: Mapped[datetime | None] = mapped_column(Moment)  # a refused entry nobody needs to look at any more
    dismissed_by_id: Mapped[UUID | None] = refers_to("user.id", index=False)

    user: Mapped[User] = related(foreign_keys=[user_id])

    service_request: Mapped[ServiceRequest | None] = related()
    job: Mapped[Job | None] = related()
    dismissed_by: Mapped[User | None] = related(foreign_keys=[dismissed_by_id])

    @property
    def awaits_delivery(self) -> bool:
        """Whether the phone may still deliver the entry itself: it came in a file, and nobody has acted on it yet."""
        return self.verdict is EntryVerdict.BROUGHT and self.dismissed_at is None

    @property
    def is_registered(self) -> bool:
        """Whether a hand-over that was not accepted has become a request all the same: the centre registered it."""
        return self.action == "register" and self.service_request_id is not None

    @property
    def is_brought(self) -> bool:
        """Whether a file of the phone brought it, so that it was read and not done."""
        return self.verdict is EntryVerdict.BROUGHT


# Still somebody's to look at: refused, or brought in a file; neither sent again, nor discarded, nor settled.
IS_UNSETTLED = and_(
    Receipt.verdict.in_([literal_column("'refused'"), literal_column("'brought'")]),
    Receipt.dismissed_at.is_(None),
    Receipt.replaced_by.is_(None),
)

Index(
    "ix_receipt_unsettled",
    Receipt.site_id,
    Receipt.received_at,
    sqlite_where=IS_UNSETTLED,
    postgresql_where=IS_UNSETTLED,
)

IS_SETTLED = Receipt.dismissed_by_id.is_not(None)  # by the centre, which can take it back

Index(
    "ix_receipt_settled",
    Receipt.site_id,
    Receipt.dismissed_at,
    sqlite_where=IS_SETTLED,
    postgresql_where=IS_SETTLED,
)
