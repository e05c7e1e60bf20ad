from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.labelled import Labelled
from domain.wording import N_
from extensions import db
from models.columns import Moment, prose, recorded, refers_to, related, short, uuid_key
from models.event import Event
from models.notice_target import NoticeTarget
from models.service_request import ServiceRequest
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
    """Somebody told of one event over one channel; never twice, because its id is made of these three.

    The addressee is a person, or, without one, a group robot of the site (`target`).
    """

    __table_args__ = (
        UniqueConstraint("event_id", "recipient_id", "channel"),
        Index("ix_notice_bell", "recipient_id", "channel", "read_at"),
        Index("ix_notice_state", "state", "next_try_at"),
        Index("ix_notice_newest", "recipient_id", "channel", "created_at", "id"),
    )

    id: Mapped[uuid_key]
    site_id: Mapped[UUID] = refers_to("site.id")
    event_id: Mapped[UUID] = mapped_column(db.ForeignKey("event.id"))
    service_request_id: Mapped[UUID] = refers_to("service_request.id")
    recipient_id: Mapped[UUID | None] = mapped_column(db.ForeignKey("user.id"))
    target_id: Mapped[UUID | None] = refers_to("notice_target.id")  # of a webhook
    channel: Mapped[NoticeChannel]
    reason: Mapped[short]  # the row of the table event × recipient that asked for it
    state: Mapped[NoticeState] = mapped_column(default=NoticeState.WAITING)
    created_at: Mapped[recorded]
    read_at: Mapped[datetime | None] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    attempts: Mapped[int] = mapped_column(default=0)
    next_try_at: Mapped[datetime | None] = mapped_column(Moment)  # while somebody sends it: when that claim runs out
    last_error: Mapped[prose] = mapped_column(default="")

    event: Mapped[Event] = related()
    service_request: Mapped[ServiceRequest] = related()
    recipient: Mapped[User | None] = related()
    target: Mapped[NoticeTarget | None] = related()
