"""Reading attachments: seen by whoever sees their request."""

from uuid import UUID

from sqlalchemy import select

from domain.errors import NotFound
from extensions import attachment_store, db, log
from models import Attachment, ServiceRequest, User
from queries import service_requests


def of_id(id: UUID, *, viewer: User) -> Attachment:
    """One attachment of a request within reach. Raises NotFound."""
    visible = service_requests.visible_to(viewer).with_only_columns(ServiceRequest.id)
    attachment = db.session.scalar(
        select(Attachment).where(Attachment.id == id, Attachment.service_request_id.in_(visible))
    )
    if attachment is None:
        raise NotFound()
    return attachment


def content(attachment: Attachment, *, small: bool) -> bytes:
    """The JPEG itself, or its thumbnail. Raises NotFound when the store has lost it."""
    return content_stored(attachment.sha256, small=small)


def content_stored(name: str, *, small: bool) -> bytes:
    """The same by the name under which the store keeps it."""
    try:
        return attachment_store().content(small_name(name) if small else name)
    except OSError as error:
        log.error("the store has lost the photo %s: %s", name, error)
        raise NotFound() from error


def small_name(sha256: str) -> str:
    """The name of a photo's thumbnail in the store."""
    return f"{sha256}-small"
