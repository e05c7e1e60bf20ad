"""Writing receipts: what a phone is answered, and asks for again when the answer is lost on the way."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from actions.unit_of_work import unit_of_work, written
from extensions import db, now
from models import EntryVerdict, Event, Job, Receipt, ServiceRequest, User
from queries import events, jobs, receipts, sites, users


def receipt_for(
    entry: Any, verdict: EntryVerdict, by: User, event: Event | None = None, photos: Sequence[Mapping[str, Any]] = ()
) -> Receipt:
    """The receipt of an entry and of what it caused, if anything: the one perform() wrote, or else a new one.

    The caller adds code and reason. Where the entry belongs is its job's site; else, for somebody without a site, the
    one they named, or the first they may see. `photos` are those a file brought before: they need not come again.
    """
    job = jobs.at_sites_of(by, entry.job_id) if entry.job_id else None
    receipt = written(Receipt, entry.id) or receipts.found(entry.id)
    if receipt is None:
        site_id = job.site_id if job else event.site_id if event else site_of(by, entry.site_id)
        receipt = Receipt(id=entry.id, site_id=site_id, digest="", verdict=verdict)
    receipt.user_id, receipt.action, receipt.verdict = by.id, entry.action, verdict
    receipt.job_id = job.id if job else None
    request_id = job.service_request_id if job else event.service_request_id if event else None
    receipt.service_request = request = request_of(request_id) if request_id else None
    receipt.subject_id = receipt.subject_id or receipt.job_id or receipt.site_id
    receipt.content_digest, receipt.phone_id, receipt.sequence = entry.content_digest, entry.phone_id, entry.sequence
    receipt.said_at, receipt.sent_at, receipt.received_at = entry.said_at, entry.sent_at, now()
    brought = {
        photo["sha256"]: photo
        for photo in (*photos, *(receipt.photos or ()))
        if photo.get("attachment_id") or request is None  # what hangs on no request yet is wanted again to hang on this
    }
    receipt.photos = [{**photo, "state": "wanted", **brought.get(photo["sha256"], {})} for photo in entry.photos]
    receipt.answer = standing_of(request, job)
    db.session.add(receipt)
    replace(entry.replaces, entry.id, by)
    return receipt


def request_of(id: UUID) -> ServiceRequest | None:
    """The request an entry is about, which it may just have made."""
    return written(ServiceRequest, id) or db.session.get(ServiceRequest, id)


def standing_of(request: ServiceRequest | None, job: Job | None) -> dict[str, Any]:
    """Where the request and the job stand now, as the phone overlays it on the pages it keeps."""
    return {"version": request.version if request else None, "status": job.status.value if job else None}


def site_of(user: User, named: UUID | None) -> UUID:
    """The site an entry belongs to that names no job. Raises Invalid("site") where there is none to belong to."""
    if user.site_id:
        return user.site_id
    visible = [site.id for site in sites.at_least_one(user)]
    return named if named in visible else visible[0]


def replace(id: UUID | None, by_id: UUID, user: User) -> None:
    """A refused entry was mended and sent again: nobody needs to look at the first copy any more."""
    receipt = receipts.found(id) if id else None
    if receipt and receipt.user_id == user.id and receipt.verdict is EntryVerdict.REFUSED:
        receipt.replaced_by = by_id


def withdraw(id: UUID, *, phone_id: UUID | None, by: User) -> EntryVerdict:
    """What an entry is after its sender discarded it: a late copy of it is never done. What was done stays done."""
    with unit_of_work():
        users.hold(by.id)
        receipt = receipts.found(id)
        if (receipt and receipt.verdict is EntryVerdict.APPLIED) or (receipt is None and events.exists(id)):
            return EntryVerdict.APPLIED
        if receipt is None:
            db.session.add(tombstone(id, phone_id, by))
        elif receipt.user_id == by.id and receipt.dismissed_at is None:
            receipt.dismissed_at = now()  # and by nobody: the centre settled nothing
            if receipt.verdict is EntryVerdict.BROUGHT:
                receipt.verdict = EntryVerdict.WITHDRAWN
    return EntryVerdict.WITHDRAWN


def tombstone(id: UUID, phone_id: UUID | None, by: User) -> Receipt:
    """The receipt of an entry that never came and is not to be done should it still come."""
    return Receipt(
        id=id,
        site_id=site_of(by, None),
        user_id=by.id,
        action="",
        digest="",
        verdict=EntryVerdict.WITHDRAWN,
        fields={},
        photos=[],
        answer={},
        phone_id=phone_id,
    )
