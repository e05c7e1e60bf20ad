"""What the server holds now, in a test's words."""

from typing import Any

from sqlalchemy import delete, func, select

from extensions import db
from models import Attachment, Event, Receipt, ServiceRequest


def fresh(statement: Any) -> list[Any]:
    """The rows as they are now, whatever the test holds of them."""
    db.session.rollback()
    return list(db.session.scalars(statement.execution_options(populate_existing=True)).unique())


def events(job: Any) -> list[Event]:
    """What happened to this job by somebody's hand since it was dispatched, in the order of arrival."""
    asked = select(Event).where(Event.job_id == job.id, Event.actor_id.is_not(None), Event.action != "dispatch")
    return fresh(asked.order_by(Event.sequence))


def actions(job: Any) -> list[str]:
    return [event.action for event in events(job)]


def request_of(job: Any) -> ServiceRequest:
    return fresh(select(ServiceRequest).where(ServiceRequest.id == job.service_request_id))[0]


def reports(user: Any) -> list[ServiceRequest]:
    """What this person handed over, oldest first."""
    asked = select(ServiceRequest).where(ServiceRequest.registered_by_id == user.id)
    return fresh(asked.order_by(ServiceRequest.registered_at))


def pictures() -> list[Attachment]:
    return fresh(select(Attachment).order_by(Attachment.recorded_at))


def receipts() -> list[Receipt]:
    """Those of phones; a form sent from a desk leaves one, too."""
    return fresh(select(Receipt).where(Receipt.sequence.is_not(None)).order_by(Receipt.received_at))


def done() -> list[str]:
    """The actions of the entries that were applied, in the order in which they were."""
    return [one.action for one in receipts() if one.verdict.value == "applied"]


def receipt(id: str) -> Receipt | None:
    return next((one for one in receipts() if str(one.id) == id), None)


def count(model: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def forget_receipts() -> None:
    """As a database restored from a backup of yesterday would have it."""
    db.session.execute(delete(Receipt))
    db.session.commit()
