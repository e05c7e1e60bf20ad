from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.labelled import Labelled
from domain.wording import N_
from extensions import db
from models.columns import Moment, prose, recorded, refers_to, related, short, uuid_key
from models.event import Event
from models.user import User


class NoticeChannel(Labelled):
    """Where a notice goes."""

    PRODUCT = "product", N_("In the product")
    EMAIL = "email", N_("E-mail")
    WEBHOOK = "webhook", N_("Webhook")


class NoticeState(Labelled):
    """How far a notice has come. One in the product is sent by being written."""

    WAITING = "waiting", N_("Waiting")
    SENT = "sent", N_("Sent")
    FAILED = "failed", N_("Failed")


class Notice(db.Model):
    """One person told of one event over one channel; never twice."""

    __table_args__ = (
        UniqueConstraint("event_id", "recipient_id", "channel"),
        Index("ix_notice_bell", "recipient_id", "channel", "read_at"),
        Index("ix_notice_state", "state", "next_try_at"),
    )

    id: Mapped[uuid_key]
    site_id: Mapped[UUID] = refers_to("site.id")
    event_id: Mapped[UUID] = mapped_column(db.ForeignKey("event.id"))
    service_request_id: Mapped[UUID] = refers_to("service_request.id")
    recipient_id: Mapped[UUID] = mapped_column(db.ForeignKey("user.id"))
    channel: Mapped[NoticeChannel]
    reason: Mapped[short]  # the row of the table event × recipient that asked for it
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.WAITING)
    created_at: Mapped[recorded]
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(Moment)
    last_error: Mapped[prose] = mapped_column(default="")

    event: Mapped[Event] = related()
    recipient: Mapped[User] = related()
