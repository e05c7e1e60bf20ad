"""What those who lead people do about entries of their phones that were not accepted."""

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any
from uuid import UUID

from actions.attachments import PreparedPhoto, prepare
from actions.entry_photos import SentPhoto
from actions.service_requests import register_and
from actions.unit_of_work import unit_of_work
from domain.errors import NotAllowedNow
from domain.wording import N_
from extensions import now
from models import Receipt, ServiceRequest, User
from queries import attachments, refused_entries

REGISTERED_ALREADY = N_("Somebody has registered this entry meanwhile.")


def settle(id: UUID, *, by: User) -> Receipt:
    """Nobody has to look at this entry any more; whoever settled it first stays named. Raises NotFound."""
    with unit_of_work():
        entry = refused_entries.locked(id, viewer=by)
        if entry.dismissed_at is None:
            entry.dismissed_at, entry.dismissed_by_id = now(), by.id
    return entry


def take_back(id: UUID, *, by: User) -> Receipt:
    """Somebody has to look at it again after all. Raises NotFound, and NotAllowedNow once it has been registered."""
    with unit_of_work():
        entry = refused_entries.locked(id, viewer=by)
        if entry.is_registered:
            raise NotAllowedNow(REGISTERED_ALREADY)
        entry.dismissed_at = entry.dismissed_by_id = None
    return entry


def register_instead(
    id: UUID,
    then: Mapping[str, Mapping[str, Any]],
    details: Mapping[str, Any],
    *,
    by: User,
    event_id: UUID,
    photos: Sequence[PreparedPhoto],
    **when_and_where: Any,
) -> ServiceRequest:
    """Register what a hand-over said that was not accepted, with its photos, once; the entry is settled with it.

    Raises NotFound, NotAllowedNow where somebody else was faster, and what register_and() raises.
    """
    photos = [*photos, *photos_of(refused_entries.of_id(id, viewer=by))]
    with unit_of_work():
        entry = refused_entries.locked(id, viewer=by)
        if entry.service_request_id not in (None, event_id):
            raise NotAllowedNow(REGISTERED_ALREADY)
        service_request = register_and(then, details, by=by, event_id=event_id, photos=photos, **when_and_where)
        entry.service_request_id = service_request.id
        settle(id, by=by)
    return service_request


def photos_of(entry: Receipt) -> list[PreparedPhoto]:
    """Its photos as they are kept here."""
    stored = [(photo["name"] or photo["sha256"], photo["stored"]) for photo in entry.photos if photo.get("stored")]
    return prepare(SentPhoto(name, BytesIO(attachments.content_stored(key, small=False))) for name, key in stored)
