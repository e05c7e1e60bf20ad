"""What of a person's belongs on their phone, and what tells whether it has changed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Row, func, select

from domain.lifecycle import OPEN_JOB
from extensions import db
from models import Attachment, Job, ServiceRequest, Site, User
from queries import categories, department_jobs, my_jobs, my_reports, whereabouts

MOST_PHOTOS = 120  # small ones, of about 10 KB each


@dataclass(frozen=True)
class Jobs:
    """The viewer's jobs with the photos of each one's request. `listed` is what the list of jobs shows besides."""

    own: Sequence[Job]
    listed: Sequence[Job]
    photos: dict[UUID, list[UUID]]  # service request → attachments, the newest first

    @property
    def open_photos(self) -> list[UUID]:
        """The attachments of the jobs that are not done yet."""
        requests = dict.fromkeys(job.service_request_id for job in self.own if job.status in OPEN_JOB)
        return [id for request_id in requests for id in self.photos.get(request_id, ())]


def jobs(viewer: User, *, now: datetime) -> Jobs:
    """The viewer's open jobs and what they did today. Three statements."""
    piles = my_jobs.of(viewer, now=now)
    own = [*piles.now, *piles.later, *piles.on_hold, *piles.done]
    return Jobs(own, piles.free, photos_of([job.service_request_id for job in own]))


def photos_of(service_request_ids: list[UUID]) -> dict[UUID, list[UUID]]:
    """The attachments of these requests."""
    found: dict[UUID, list[UUID]] = defaultdict(list)
    asked = select(Attachment.service_request_id, Attachment.id).where(
        Attachment.service_request_id.in_(service_request_ids)
    )
    for request_id, id in db.session.execute(asked.order_by(Attachment.recorded_at.desc()).limit(MOST_PHOTOS)):
        found[request_id].append(id)
    return found


def department_mark(viewer: User) -> tuple[Any, ...]:
    """Changes whenever something happens to an open job of the viewer's department."""
    marks = (func.count(), func.sum(ServiceRequest.version), func.max(ServiceRequest.changed_at))
    return tuple(db.session.execute(department_jobs.open_of(viewer).with_only_columns(*marks)).one())


def reports_mark(viewer: User) -> list[Row[Any]]:
    """Changes whenever something happens to one of the reports the first page shows."""
    columns: Any = select(ServiceRequest.id, ServiceRequest.version)
    asked = my_reports.OPEN_FIRST.sorted(columns.where(ServiceRequest.registered_by_id == viewer.id), backwards=False)
    return list(db.session.execute(asked.limit(my_reports.PAGE + 1)))


def hand_over_mark(viewer: User, site: Site) -> list[tuple[str, ...]]:
    """Changes whenever the screen offers other categories or buildings."""
    offered: list[Any] = [*categories.quick(viewer.company_id), *whereabouts.buildings(site.id)]
    return [(row.name, row.name_en) for row in offered]
