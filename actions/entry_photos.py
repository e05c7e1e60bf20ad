"""The photos of an entry: each comes by itself after the words, known by the sha-256 its receipt was promised."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select, update

from actions.attachments import PreparedPhoto, prepare
from actions.unit_of_work import unit_of_work
from domain.errors import NotFound
from extensions import db, now
from models import Attachment, EntryVerdict, Receipt, ServiceRequest, Stage, User
from queries import events, receipts, sites, users

STAGES = {"photos_before": Stage.BEFORE, "photos_after": Stage.AFTER}  # by the form's field; else as reported
WANTED, KEPT, REFUSED = "wanted", "kept", "refused"


@dataclass
class SentPhoto:
    """The bytes of a photo under the name its sender gave it, as prepare() reads them."""

    filename: str
    content: BytesIO

    def read(self, size: int = -1, /) -> bytes:
        return self.content.read(size)


def named(entry_id: UUID, sha256: str, *, by: User) -> dict[str, Any]:
    """The photo as the entry's receipt lists it: field, sha256, name, size, type, state. Raises NotFound."""
    return listed(own(entry_id, by), sha256)


def keep(entry_id: UUID, sha256: str, content: bytes, *, by: User) -> None:
    """Redraw a photo that is wanted and make it part of what its entry caused; of a refused entry's request and job.

    Raises NotFound, Invalid for what is no photo or too large, NotKept while the store does not take it.
    """
    photo = named(entry_id, sha256, by=by)
    zone = sites.of_id(own(entry_id, by).site_id, viewer=by).zone
    (prepared,) = prepare([SentPhoto(photo["name"] or sha256, BytesIO(content))], zone=zone)
    with unit_of_work():
        users.hold(by.id)
        receipt = own(entry_id, by)
        if listed(receipt, sha256)["state"] == KEPT:
            return
        attachment_id = attached(prepared, receipt, STAGES.get(photo["field"], Stage.REPORTED))
        note(receipt, sha256, state=KEPT, stored=prepared.sha256, attachment_id=attachment_id)


def refuse(entry_id: UUID, sha256: str, sentence: str, *, by: User) -> None:
    """Write down why a photo cannot be kept; `sentence` in the sender's language."""
    with unit_of_work():
        users.hold(by.id)
        note(own(entry_id, by), sha256, state=REFUSED, sentence=sentence)


def own(entry_id: UUID, by: User) -> Receipt:
    """The receipt of an entry this person sent and did not discard unsent. Raises NotFound."""
    receipt = receipts.found(entry_id)
    if receipt is None or receipt.user_id != by.id or receipt.verdict is EntryVerdict.WITHDRAWN:
        raise NotFound()
    return receipt


def listed(receipt: Receipt, sha256: str) -> dict[str, Any]:
    """One photo of the receipt's list. Raises NotFound."""
    photo = next((photo for photo in receipt.photos if photo["sha256"] == sha256), None)
    if photo is None:
        raise NotFound()
    return photo


def attached(photo: PreparedPhoto, receipt: Receipt, stage: Stage) -> str | None:
    """The attachment's id; None for a refused hand-over, which has no request yet: then its receipt alone knows it."""
    if receipt.service_request_id is None:
        return None
    event = events.found(receipt.id)
    if (earlier := without_event(photo, receipt)) is not None:
        earlier.event_id = event.id if event else None
        return str(earlier.id)
    attachment = Attachment(
        id=uuid4(),
        site_id=receipt.site_id,
        service_request_id=receipt.service_request_id,
        job_id=receipt.job_id,
        event_id=event.id if event else None,
        uploaded_by_id=receipt.user_id,
        stage=stage,
        media_type="image/jpeg",
        **vars(photo),
    )
    db.session.add(attachment)
    moved = update(ServiceRequest).where(ServiceRequest.id == receipt.service_request_id)
    # Whoever has the request on the screen or on the phone sees that there is more of it now.
    db.session.execute(moved.values(version=ServiceRequest.version + 1, changed_at=now()))
    return str(attachment.id)


def without_event(photo: PreparedPhoto, receipt: Receipt) -> Attachment | None:
    """The same photo, sent to the same job before: with an entry that was refused and mended, or brought in a file."""
    return db.session.scalars(
        select(Attachment)
        .where(
            Attachment.service_request_id == receipt.service_request_id,
            Attachment.job_id == receipt.job_id,
            Attachment.uploaded_by_id == receipt.user_id,
            Attachment.source_sha256 == photo.source_sha256,
            Attachment.event_id.is_(None),
        )
        .limit(1)
    ).first()


def note(receipt: Receipt, sha256: str, **facts: Any) -> None:
    """What became of a photo, in the receipt's list."""
    receipt.photos = [{**photo, **facts} if photo["sha256"] == sha256 else photo for photo in receipt.photos]
