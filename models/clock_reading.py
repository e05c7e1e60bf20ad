from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.clocks import Clock
from extensions import db
from models.columns import Moment, moment


class ClockReading(db.Model):
    """One run of one clock of a service request, as domain/clocks.py read it when the last event was written.

    Like the next clock on the row it is an index and not a fact: statistics count and list by it, and it is written
    anew from the events with every action. `stopped_at` is empty while the clock runs.
    """

    __table_args__ = (Index("ix_clock_reading_site_id_stopped_at", "site_id", "stopped_at", "clock"),)

    service_request_id: Mapped[UUID] = mapped_column(db.ForeignKey("service_request.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)  # in the order in which the clocks started, from 0
    site_id: Mapped[UUID] = mapped_column(db.ForeignKey("site.id"))
    clock: Mapped[Clock]
    round: Mapped[int]  # 1, and one more after each reopening
    started_at: Mapped[moment]
    due_at: Mapped[datetime | None] = mapped_column(Moment)  # None: no deadline
    stopped_at: Mapped[datetime | None] = mapped_column(Moment)
    is_paused: Mapped[bool]
    is_void: Mapped[bool]  # ended without a verdict
    is_late: Mapped[bool]  # stopped after its deadline; one that still runs is late when due_at has passed
