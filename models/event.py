from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.lifecycle import ACTIONS
from extensions import db
from models.columns import Moment, facts, moment, recorded, refers_to, related, short, uuid_key
from models.service_request import ServiceRequest
from models.user import User


class Event(db.Model):
    """An action that happened to a service request or one of its jobs. Written once, never changed.

    History, outbox of notices and source of statistics at once: `told_at` is empty until its notices are written.
    """

    __table_args__ = (
        UniqueConstraint("service_request_id", "sequence"),
        Index("ix_event_site_id_happened_at", "site_id", "happened_at", "action"),
        Index(
            "ix_event_untold",
            "recorded_at",
            sqlite_where=db.text("told_at IS NULL"),
            postgresql_where=db.text("told_at IS NULL"),
        ),
    )

    id: Mapped[uuid_key]
    site_id: Mapped[UUID] = mapped_column(db.ForeignKey("site.id"))
    service_request_id: Mapped[UUID] = mapped_column(db.ForeignKey("service_request.id"))
    job_id: Mapped[UUID | None] = refers_to("job.id")
    actor_id: Mapped[UUID | None] = refers_to("user.id")  # None: the product itself
    sequence: Mapped[int]  # the order in which this request's events were written, from 1
    action: Mapped[short]
    before: Mapped[short]
    after: Mapped[short]
    details: Mapped[facts]  # what was typed, by field name
    happened_at: Mapped[moment]  # by the clock of whoever did it, never in the future
    recorded_at: Mapped[recorded]  # by ours
    told_at: Mapped[datetime | None] = mapped_column(Moment)

    service_request: Mapped[ServiceRequest] = related(back_populates="events")
    actor: Mapped[User | None] = related()

    @property
    def label(self) -> str:
        """The action's name, an English source string."""
        return ACTIONS[self.action].label
