"""What somebody handed over to the centre, and what came of it."""

from dataclasses import dataclass
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
        asked = asked.where(OPEN_FIRST.beyond(beyond, backwards=False))
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
