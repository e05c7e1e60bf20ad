from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.lifecycle import Action, JobStatus, available_actions
from domain.outcomes import Outcome, PauseReason
from extensions import db, now
from models.columns import Moment, moment, prose, refers_to, related, uuid_key
from models.department import Department
from models.service_request import ServiceRequest
from models.user import User


class Job(db.Model):
    """What one department or person must do for a service request (任务)."""

    __table_args__ = (
        Index("ix_job_holder", "holder_id", "status"),
        Index("ix_job_department", "department_id", "status"),
    )

    id: Mapped[uuid_key]
    site_id: Mapped[UUID] = refers_to("site.id")
    service_request_id: Mapped[UUID] = refers_to("service_request.id")
    department_id: Mapped[UUID] = mapped_column(db.ForeignKey("department.id"))
    holder_id: Mapped[UUID | None] = mapped_column(db.ForeignKey("user.id"))  # None: the department's head assigns it
    trade_id: Mapped[UUID | None] = refers_to("category.id", index=False)
    status: Mapped[JobStatus] = mapped_column(default=JobStatus.DISPATCHED)
    instruction: Mapped[prose] = mapped_column(default="")
    appointment_at: Mapped[datetime | None] = mapped_column(Moment)
    dispatched_at: Mapped[moment]
    arrived_at: Mapped[datetime | None] = mapped_column(Moment)
    pause_reason: Mapped[PauseReason | None]
    held_until: Mapped[date | None] = mapped_column(index=True)  # the job resumes by itself on this local day
    outcome: Mapped[Outcome | None]
    work_done: Mapped[prose] = mapped_column(default="")
    parts: Mapped[prose] = mapped_column(default="")
    ended_at: Mapped[datetime | None] = mapped_column(Moment)  # done, returned or called off

    service_request: Mapped[ServiceRequest] = related(back_populates="jobs")
    department: Mapped[Department] = related()
    holder: Mapped[User | None] = related()

    def actions_for(self, user: User) -> list[Action]:
        """Exactly the actions this person may take now."""
        return available_actions(self, user, now())
