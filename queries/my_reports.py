"""What somebody handed over to the centre, and what came of it."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import case, select
from sqlalchemy.orm import joinedload, selectinload

from domain.errors import NotFound
from domain.lifecycle import OPEN
from extensions import db
from models import Job, ServiceRequest, User
from queries.my_jobs import all_a_card_prints
from queries.paging import Key, Order

PAGE = 15
A_LITTLE = timedelta(hours=12)  # a shift: within it the same words at the same place are most often said twice
OPEN_FIRST = Order(
    case((ServiceRequest.status.in_(OPEN), 1), else_=0).label("rank"), ServiceRequest.registered_at, descending=True
)


@dataclass(frozen=True)
class Reports:
    """One page; `older` is the key the next one begins beyond, None on the last."""

    rows: list[ServiceRequest]
    older: Key | None


def of(viewer: User, *, beyond: Key | None = None) -> Reports:
    """The viewer's own reports for phone/my_reports.html: open ones first, newest first. Three statements."""
    asked = select(ServiceRequest, OPEN_FIRST.rank).where(ServiceRequest.registered_by_id == viewer.id)
    if beyond:
        asked = asked.where(OPEN_FIRST.beyond(has_moment=True, backwards=False)).params(beyond.given)
    asked = OPEN_FIRST.sorted(asked, backwards=False).limit(PAGE + 1)
    rows = db.session.execute(
        asked.options(
            *all_a_card_prints(),
            selectinload(ServiceRequest.events),
            selectinload(ServiceRequest.jobs).options(joinedload(Job.department), joinedload(Job.holder)),
        )
    ).all()
    shown = rows[:PAGE]
    last = shown[-1] if len(rows) > PAGE else None
    older = Key(last.rank, last.ServiceRequest.registered_at, last.ServiceRequest.id) if last else None
    return Reports([row.ServiceRequest for row in shown], older)


def same_before(report: ServiceRequest) -> ServiceRequest | None:
    """What the same person handed over a little earlier, still open, about the same place and the same thing."""
    same = (ServiceRequest.unit_id, ServiceRequest.building_id, ServiceRequest.place, ServiceRequest.category_id)
    return db.session.scalars(
        select(ServiceRequest)
        .where(
            ServiceRequest.registered_by_id == report.registered_by_id,
            ServiceRequest.site_id == report.site_id,
            ServiceRequest.id != report.id,
            ServiceRequest.status.in_(OPEN),
            ServiceRequest.registered_at.between(report.registered_at - A_LITTLE, report.registered_at),
            *(column.is_not_distinct_from(getattr(report, column.key)) for column in same),
            *([ServiceRequest.words == report.words] if report.category_id is None else []),
        )
        .order_by(ServiceRequest.registered_at.desc())
        .limit(1)
    ).first()


def one(id: UUID, *, viewer: User) -> ServiceRequest:
    """One of the viewer's own reports, for phone/handed_over.html. Raises NotFound."""
    found = db.session.scalar(
        select(ServiceRequest)
        .where(ServiceRequest.id == id, ServiceRequest.registered_by_id == viewer.id)
        .options(*all_a_card_prints())
    )
    if found is None:
        raise NotFound()
    return found
