"""Taking in the file of a phone's outbox: its entries are kept for the centre to read, and none of them is done."""

from collections import Counter
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from actions import entry_photos
from actions.receipts import site_of
from actions.unit_of_work import unit_of_work
from domain.errors import Invalid, NotFound, NotKept
from domain.outbox_file import FiledEntry, FiledPhoto, OutboxFile
from models import EntryVerdict, Receipt, User
from queries import filed_entries, jobs, users
from queries.filed_entries import Standing


@dataclass(frozen=True)
class Brought:
    """What a file brought: entries by what was known of them before, photos kept now."""

    entries: Counter[Standing]
    photos: int


def bring(file: OutboxFile, *, by: User) -> Brought:
    """Keep what is not known yet, words first, then photos; the same file again adds only what was missing.

    Raises Invalid("file"), and NotKept while the store takes no photos; then the words are kept, and the file can be
    brought once more.
    """
    with unit_of_work() as session:
        person = filed_entries.person_of(file, viewer=by)
        users.hold(person.id)  # the phone may deliver the same entries in this instant
        known = filed_entries.standings(file, person)
        for entry, standing in known:
            if standing is Standing.NEW:
                session.add(receipt_of(entry, file, person, by))
    photos = sum(kept(entry.id, photo, person) for entry, _standing in known for photo in entry.photos)
    return Brought(Counter(standing for _entry, standing in known), photos)


def receipt_of(entry: FiledEntry, file: OutboxFile, person: User, by: User) -> Receipt:
    """The entry as the centre reads it, of its job's request where the job is at a site this person works at.

    `sent_at` stays empty: it was never sent, and how wrong the phone's clock is nobody knows.
    """
    job = jobs.at_sites_of(person, entry.job_id) if entry.job_id else None
    return Receipt(
        id=entry.id,
        site_id=job.site_id if job else site_of(person, None),
        user_id=person.id,
        action=entry.action,
        subject_id=entry.job_id,
        service_request_id=job.service_request_id if job else None,
        job_id=job.id if job else None,
        digest="",
        verdict=EntryVerdict.BROUGHT,
        answer={"brought_by": by.name, "made_at": file.made_at.isoformat() if file.made_at else None},
        label=entry.label,
        fields=entry.fields,
        photos=[listed(photo) for photo in entry.photos],
        phone_id=file.phone_id,
        sequence=entry.sequence,
        said_at=entry.happened_at,
    )


def listed(photo: FiledPhoto) -> dict[str, Any]:
    """The photo as a receipt lists it before its bytes are here."""
    facts = {name: value for name, value in vars(photo).items() if name != "content"}
    return facts | {"state": entry_photos.WANTED}


def kept(entry_id: UUID, photo: FiledPhoto, person: User) -> bool:
    """Whether a photo was missing and is here now. Raises NotKept."""
    try:
        is_wanted = entry_photos.named(entry_id, photo.sha256, by=person)["state"] == entry_photos.WANTED
        if photo.content is None or not is_wanted:
            return False
        entry_photos.keep(entry_id, photo.sha256, photo.content, by=person)
    except NotKept:
        raise
    except NotFound:  # of an entry that was done without it, or was discarded
        return False
    except Invalid as refusal:
        entry_photos.refuse(entry_id, photo.sha256, str(refusal), by=person)
        return False
    return True
