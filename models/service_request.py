from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import Computed, Index, String, UniqueConstraint, bindparam
from sqlalchemy.orm import Mapped, mapped_column

from domain.channels import Channel
from domain.clocks import Clock
from domain.errors import Refused
from domain.kinds import Kind, Mood
from domain.lifecycle import OPEN, OPEN_JOB, Action, RequestStatus, available_actions, refusal
from domain.service_classes import ServiceClass
from extensions import db, now
from models.building import Building
from models.category import Category
from models.columns import Moment, moment, prose, recorded, refers_to, related, short, title, uuid_key
from models.resident import Resident
from models.site import Site
from models.unit import Unit
from models.user import User

if TYPE_CHECKING:
    from models.attachment import Attachment
    from models.clock_reading import ClockReading
    from models.event import Event
    from models.job import Job
    from models.receipt import Receipt


class ServiceRequest(db.Model):
    """One thing somebody asked for, from the first word to the follow-up call (诉求).

    `next_clock` and the columns below it are what domain/clocks.py and domain/next_try.py answered at the last event,
    kept on the row so that the queue can be ordered by an index; see docs/decisions/0001-next-clock-on-the-row.md.
    """

    __table_args__ = (
        UniqueConstraint("site_id", "reference"),
        UniqueConstraint("site_id", "external_id"),
        Index("ix_service_request_registered", "site_id", "registered_at", "id"),
        Index("ix_service_request_registered_anywhere", "registered_at", "id"),
        Index("ix_service_request_changed", "site_id", "changed_at"),
    )

    id: Mapped[uuid_key]  # chosen by whoever wrote it down first: a phone, or this server
    site_id: Mapped[UUID] = mapped_column(db.ForeignKey("site.id"))
    reference: Mapped[short]  # what people read out: YH-261122-007
    external_id: Mapped[str | None] = mapped_column(String(80))  # the number another system gave it
    kind: Mapped[Kind]
    category_id: Mapped[UUID | None] = refers_to("category.id")
    service_class: Mapped[ServiceClass]
    follow_up_share: Mapped[int] = mapped_column(default=100)  # percent of this class to be called, when registered
    channel: Mapped[Channel]
    mood: Mapped[Mood | None]
    words: Mapped[prose]
    status: Mapped[RequestStatus]

    unit_id: Mapped[UUID | None] = refers_to("unit.id")
    building_id: Mapped[UUID | None] = refers_to("building.id")
    place: Mapped[title] = mapped_column(default="")  # a common area, or what was said where no unit is known
    resident_id: Mapped[UUID | None] = refers_to("resident.id")
    caller_name: Mapped[title] = mapped_column(default="")
    caller_phone: Mapped[short] = mapped_column(default="", index=True)  # E.164 where it is a number

    registered_by_id: Mapped[UUID | None] = refers_to("user.id")
    registered_at: Mapped[moment]  # when it was said, by the clock of whoever wrote it down
    recorded_at: Mapped[recorded]
    completed_at: Mapped[datetime | None] = mapped_column(Moment)
    completed_by_id: Mapped[UUID | None] = refers_to("user.id", index=False)
    verified_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    merged_into_id: Mapped[UUID | None] = refers_to("service_request.id")
    times_chased: Mapped[int] = mapped_column(default=0)
    times_reopened: Mapped[int] = mapped_column(default=0)
    times_escalated: Mapped[int] = mapped_column(default=0)

    version: Mapped[int] = mapped_column(default=0)  # the number of its events
    changed_at: Mapped[datetime] = mapped_column(Moment, default=now)
    next_clock: Mapped[Clock | None]
    next_due_at: Mapped[datetime | None] = mapped_column(Moment)
    next_warn_at: Mapped[datetime | None] = mapped_column(Moment)
    next_alarm_at: Mapped[datetime | None] = mapped_column(
        Moment, index=True
    )  # when the deadline sweep must look again
    next_try_at: Mapped[datetime | None] = mapped_column(Moment)  # when a resident who did not answer is called again
    call_at: Mapped[datetime | None] = mapped_column(Moment)  # of what waits for the follow-up call: by when
    clock_started_at: Mapped[datetime | None] = mapped_column(Moment)
    clock_paused: Mapped[bool] = mapped_column(default=False)
    # 0 runs towards a deadline, 1 waits, 2 has none: what the queue is ordered by before the moment itself
    clock_rank: Mapped[int] = mapped_column(
        Computed("CASE WHEN next_due_at IS NULL THEN 2 WHEN clock_paused THEN 1 ELSE 0 END", persisted=True)
    )

    site: Mapped[Site] = related()
    category: Mapped[Category | None] = related()
    unit: Mapped[Unit | None] = related()
    building: Mapped[Building | None] = related()
    resident: Mapped[Resident | None] = related()
    registered_by: Mapped[User | None] = related(foreign_keys=[registered_by_id])
    merged_into: Mapped["ServiceRequest | None"] = related(remote_side="ServiceRequest.id")
    jobs: Mapped[list["Job"]] = related(order_by="Job.dispatched_at", back_populates="service_request")
    events: Mapped[list["Event"]] = related(
        order_by="Event.happened_at, Event.sequence", back_populates="service_request"
    )
    readings: Mapped[list["ClockReading"]] = related(order_by="ClockReading.number", cascade="all, delete-orphan")
    attachments: Mapped[list["Attachment"]] = related(order_by="Attachment.taken_at")
    refused_entries: Mapped[list["Receipt"]] = related(  # of phones, about it or its jobs; brought in a file, too
        primaryjoin="and_(Receipt.service_request_id == ServiceRequest.id, Receipt.replaced_by.is_(None), "
        "Receipt.verdict.in_(['refused', 'brought']))",
        order_by="Receipt.received_at",
        viewonly=True,
    )

    def actions_for(self, user: User) -> list[Action]:
        """Exactly the actions this person may take now."""
        return available_actions(self, user, now())

    def refusal_of(self, action: Action, user: User) -> Refused | None:
        """Why this person may not take this action now; None when they may."""
        return refusal(action, self, user, now())

    @property
    def has_open_jobs(self) -> bool:
        """Whether somebody still has to do something for it."""
        return any(job.status in OPEN_JOB for job in self.jobs)


# Written into the statement letter by letter, not sent beside it: so a database sees that the partial index serves.
IS_OPEN = ServiceRequest.status.in_(bindparam("open", sorted(OPEN), expanding=True, literal_execute=True))

# All that is open, in the order of the queue, with all that its lenses count: small however many were closed.
Index(
    "ix_service_request_open",
    ServiceRequest.site_id,
    ServiceRequest.clock_rank,
    ServiceRequest.next_due_at,
    ServiceRequest.id,
    ServiceRequest.status,
    ServiceRequest.registered_by_id,
    sqlite_where=IS_OPEN,
    postgresql_where=IS_OPEN,
)

# What waits for the follow-up call, in the order in which the calls are to be made.
WAITS_FOR_CALL = ServiceRequest.status == bindparam("waits", RequestStatus.COMPLETED, literal_execute=True)
Index(
    "ix_service_request_to_call",
    ServiceRequest.site_id,
    ServiceRequest.call_at,
    ServiceRequest.id,
    sqlite_where=WAITS_FOR_CALL,
    postgresql_where=WAITS_FOR_CALL,
)
