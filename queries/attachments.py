"""Reading attachments: seen by whoever sees their request."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import select

from domain.errors import NotFound
from extensions import attachment_store, db, log
from models import Attachment, EntryVerdict, Receipt, ServiceRequest, User
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


def named_of(names: Collection[str]) -> set[str]:
    """Those of these names in the store that a photo has, or an entry of a phone that was not accepted."""
    digests = {name.partition("-")[0] for name in names}
    found = set(db.session.scalars(select(Attachment.sha256).where(Attachment.sha256.in_(digests))))
    waiting = db.session.scalars(select(Receipt.photos).where(Receipt.verdict != EntryVerdict.APPLIED))
    found |= {photo["stored"] for photos in waiting for photo in photos if photo.get("stored")}
    return {name for name in names if name.partition("-")[0] in found}


def small_name(sha256: str) -> str:
    """The name of a photo's thumbnail in the store."""
    return f"{sha256}-small"
