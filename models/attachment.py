from datetime import datetime
from uuid import UUID

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.labelled import Labelled
from domain.wording import N_
from extensions import db
from models.columns import Moment, recorded, refers_to, short, title, uuid_key


class Stage(Labelled):
    """When in the work a photo was taken."""

    REPORTED = "reported", N_("As reported")
    BEFORE = "before", N_("Before the work")
    AFTER = "after", N_("After the work")


class Attachment(db.Model):
    """A re-encoded photo of a service request; seen by whoever sees the request."""

    __table_args__ = (UniqueConstraint("event_id", "source_sha256"),)

    id: Mapped[uuid_key]
    site_id: Mapped[UUID] = refers_to("site.id")
    service_request_id: Mapped[UUID] = refers_to("service_request.id")
    job_id: Mapped[UUID | None] = refers_to("job.id")
    event_id: Mapped[UUID | None] = refers_to("event.id", index=False)
    uploaded_by_id: Mapped[UUID | None] = refers_to("user.id", index=False)
    stage: Mapped[Stage] = mapped_column(default=Stage.REPORTED)
    name: Mapped[title]  # what the sender called it
    media_type: Mapped[short]
    size: Mapped[int]  # bytes, after re-encoding
    width: Mapped[int]
    height: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))  # of what is kept; also its name in the store
    source_sha256: Mapped[str] = mapped_column(String(64))  # of what was sent
    taken_at: Mapped[datetime | None] = mapped_column(Moment)  # from the camera
    recorded_at: Mapped[recorded]
