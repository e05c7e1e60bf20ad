"""Photos of a service request: prepared before the unit of work, attached inside it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID, uuid4

from sqlalchemy import select

from actions.perform import perform
from actions.pictures import NotAPicture, redrawn
from actions.unit_of_work import unit_of_work
from domain.days import DEFAULT_ZONE
from domain.errors import Invalid, NotKept
from domain.lifecycle import Action
from domain.wording import N_
from extensions import attachment_store, db, log, upload_limit
from models import Attachment, Event, Stage, User
from queries.attachments import small_name

MOST_PHOTOS = 12  # in one form


class SentFile(Protocol):
    """A file of a form, as Werkzeug hands it over."""

    @property
    def filename(self) -> str | None: ...
    def read(self, size: int = -1, /) -> bytes: ...


@dataclass(frozen=True)
class PreparedPhoto:
    """A photo that has been verified, redrawn and kept; nobody refers to it yet."""

    name: str
    sha256: str
    source_sha256: str
    size: int  # bytes
    width: int
    height: int
    taken_at: datetime | None


def prepare(files: Iterable[SentFile], *, zone: str = DEFAULT_ZONE, field: str = "photos") -> list[PreparedPhoto]:
    """Verify, redraw and keep the photos of a form field; the slow part, to be done before the unit of work.

    A camera that does not name its time zone is taken to be in `zone`. The store goes by content: preparing the same
    photo again keeps it once, and what no row ever refers to is nothing but a forgotten file. Raises Invalid(field).
    """
    sent = [file for file in files if file.filename]  # a browser sends an empty part for no choice
    if len(sent) > MOST_PHOTOS:
        raise Invalid(field, N_("At most %(most)d photos can be sent at once."), most=MOST_PHOTOS)
    return [prepared(file, zone, field) for file in sent]


def prepared(file: SentFile, zone: str, field: str) -> PreparedPhoto:
    """One of them. Raises Invalid(field)."""
    name, limit = short_name(file.filename or ""), upload_limit()
    content = file.read(limit + 1)
    if len(content) > limit:
        sentence = N_("“%(name)s” is too large: a photo may have %(most)d MB at most.")
        raise Invalid(field, sentence, name=name, most=limit // 1024**2)
    try:
        picture = redrawn(content, zone)
    except NotAPicture as error:
        raise Invalid(field, str(error), name=name) from error
    digest = sha256_of(picture.large)
    try:
        attachment_store().keep(digest, picture.large)
        attachment_store().keep(small_name(digest), picture.small)
    except OSError as error:
        log.exception("a photo could not be kept")
        sentence = N_("The photos cannot be kept at the moment. Send again without them, or tell your administrator.")
        raise NotKept(field, sentence) from error
    return PreparedPhoto(
        name, digest, sha256_of(content), len(picture.large), picture.width, picture.height, picture.taken_at
    )


def attach(photos: Sequence[PreparedPhoto], *, event: Event, by: User | None, stage: str = Stage.REPORTED) -> None:
    """Make prepared photos part of the request (and job) of this event, inside the unit that wrote it; each once.

    `stage` is "reported", "before" or "after": when in the work they were taken.
    """
    already = set(db.session.scalars(select(Attachment.source_sha256).where(Attachment.event_id == event.id)))
    for photo in {photo.source_sha256: photo for photo in photos}.values():
        if photo.source_sha256 not in already:
            db.session.add(row_of(photo, event, by, Stage(stage)))


def row_of(photo: PreparedPhoto, event: Event, by: User | None, stage: Stage) -> Attachment:
    """The photo as a row."""
    return Attachment(
        id=uuid4(),
        site_id=event.site_id,
        service_request_id=event.service_request_id,
        job_id=event.job_id,
        event_id=event.id,
        uploaded_by_id=by.id if by else None,
        stage=stage,
        media_type="image/jpeg",
        **vars(photo),
    )


def perform_with_photos(
    action: Action, subject_id: UUID, photos: Mapping[str, Sequence[PreparedPhoto]], *, by: User, **more: Any
) -> Event:
    """perform(), and the photos of each stage become part of what happened: both, or neither. Raises what it raises."""
    with unit_of_work():
        event = perform(action, subject_id, by=by, **more)
        for stage, of_stage in photos.items():
            if of_stage:
                attach(of_stage, event=event, by=by, stage=stage)
    return event


def short_name(filename: str) -> str:
    """The last part of what the sender called the file, printable, at most 200 characters."""
    last = filename.replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(letter for letter in last if letter.isprintable())[-200:]


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
