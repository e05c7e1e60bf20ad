from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from domain.outcomes import Verdict
from extensions import db
from models.columns import Moment, moment, prose, refers_to, uuid_key, values


class FollowUp(db.Model):
    """A call somebody made to ask whether the wish is met: a fact, written by a person and never by a timer."""

    id: Mapped[uuid_key]  # the id of the event that recorded it
    site_id: Mapped[UUID] = refers_to("site.id")
    service_request_id: Mapped[UUID] = refers_to("service_request.id")
    made_by_id: Mapped[UUID] = refers_to("user.id")
    made_at: Mapped[moment] = mapped_column(Moment, index=True)
    is_reached: Mapped[bool]  # False: no answer
    verdict: Mapped[Verdict | None]  # None: not reached
    reasons: Mapped[values]  # VerdictReason values
    words: Mapped[prose] = mapped_column(default="")
    next_try_at: Mapped[datetime | None] = mapped_column(Moment)
