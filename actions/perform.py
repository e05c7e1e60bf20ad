"""The only door through which a service request or a job changes status."""

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from actions import figures, job_effects, service_request_effects
from actions.history import record, recount_clock
from actions.unit_of_work import unit_of_work, write
from domain.clocks import says_something_to_clocks
from domain.errors import AlreadyUsed, NotAllowedNow
from domain.lifecycle import Action, Subject
from domain.wording import N_
from extensions import db
from models import EntryVerdict, Event, Job, Receipt, ServiceRequest, User
from queries import events, jobs, receipts, service_requests

SAID_BY_ITSELF = frozenset({"warn", "breach", "call_again"})
EFFECTS: dict[str, Callable[[Any, Event], None]] = {**service_request_effects.EFFECTS, **job_effects.EFFECTS}


def perform(
    action: Action,
    subject_id: UUID,
    *,
    by: User | None,
    details: Mapping[str, Any] | None = None,
    event_id: UUID | None = None,
    happened_at: datetime | None = None,
    seen: int | None = None,
) -> Event:
    """Do one lifecycle action to a service request or a job, exactly once, and write it in the history.

    `event_id` is made by whoever asks: asked again with the same words, the first event is the answer. `happened_at` is
    the moment it was really done (aware; never later than now, nor before the job came to where it stands). `seen` is
    the version of the request on the asker's screen. Raises NotFound, NotPermitted, NotAllowedNow, AlreadyUsed or
    Invalid, and then nothing has changed.
    """
    details = dict(details or {})
    with unit_of_work():
        if survivor_id := details.get("survivor_id"):
            service_requests.hold({subject_id, UUID(survivor_id)})
        only_words = not says_something_to_clocks(action.name, details)
        service_request, job = held(action, subject_id, by, only_words)
        if event_id and (event := repeated(event_id, action, subject_id, details, by)):
            return event
        refuse_if_moved(action, service_request, seen)
        happened_at = happened_at and not_too_early(happened_at, service_request, job)
        job = job_effects.begun(service_request, details, happened_at) if action.name == "dispatch" else job
        event = record(
            action, service_request, by=by, job=job, details=details, event_id=event_id, happened_at=happened_at
        )
        if effect := EFFECTS.get(action.name):
            subject: Any = job if action.subject is Subject.JOB else service_request
            effect(subject, event)
        keep_up_to_date = figures.doubt if only_words else recount_clock
        keep_up_to_date(service_request)
        if event_id and by:
            keep_receipt(event_id, action, subject_id, details, by, service_request)
    return event


def held(action: Action, subject_id: UUID, by: User | None, only_words: bool) -> tuple[ServiceRequest, Job | None]:
    """The request, nobody else's until the commit, and the job if the action is one of a job; without the history of
    the request where only words are added to it. Raises NotFound.
    """
    if action.subject is Subject.JOB:
        job = jobs.locked(subject_id, viewer=by)
        return job.service_request, job
    return service_requests.locked(subject_id, viewer=by, for_a_word=only_words), None


def perform_each(
    action: Action,
    subject_id: UUID,
    entries: Sequence[Mapping[str, Any]],
    *,
    by: User,
    event_id: UUID | None = None,
    happened_at: datetime | None = None,
    seen: int | None = None,
) -> None:
    """The same action once for each entry, all of it or nothing: one dispatch into several hands.

    Raises what perform() raises.
    """
    with unit_of_work():
        for number, details in enumerate(entries):
            id = uuid5(event_id, str(number)) if event_id and number else event_id
            perform(
                action, subject_id, by=by, details=details, event_id=id, happened_at=happened_at,
                seen=None if number else seen,
            )  # fmt: skip


def refuse_if_moved(action: Action, service_request: ServiceRequest, seen: int | None) -> None:
    """Two people acting at once: the second is refused where doing it twice would hurt. Raises NotAllowedNow.

    What the product said by itself meanwhile changes nothing that was seen.
    """
    if not action.exclusive or seen is None or seen == service_request.version:
        return
    if any(event.sequence > seen and event.action not in SAID_BY_ITSELF for event in service_request.events):
        raise NotAllowedNow(N_("Somebody else has changed this request meanwhile. Look at it again, then decide."))


def not_too_early(happened_at: datetime, service_request: ServiceRequest, job: Job | None) -> datetime:
    """Where a sender's clock says otherwise: nothing happens to a request before it was registered, nor to a job
    before it was brought to where it stands.
    """
    history = [event for event in service_request.events if event.job_id == job.id] if job else []
    moves = [event.happened_at for event in history if event.action in events.MOVES_A_JOB]
    return max(happened_at, service_request.registered_at, *moves)


def repeated(
    event_id: UUID, action: Action, subject_id: UUID, details: Mapping[str, Any], by: User | None
) -> Event | None:
    """The event this id already caused, if any. Raises AlreadyUsed for other words, or when it is somebody else's."""
    if receipts.is_new(event_id):
        return None
    receipt = db.session.get(Receipt, event_id)
    if (
        receipt is None
        or receipt.digest != digest_of(action, subject_id, details)
        or by is None
        or receipt.user_id != by.id
    ):
        raise AlreadyUsed()
    return events.of_id(event_id)


def keep_receipt(
    event_id: UUID,
    action: Action,
    subject_id: UUID,
    details: Mapping[str, Any],
    by: User,
    service_request: ServiceRequest,
) -> None:
    """Remember the answer given to this entry, in the transaction that made it true."""
    write(
        Receipt(
            id=event_id,
            site_id=service_request.site_id,
            user_id=by.id,
            action=action.name,
            subject_id=subject_id,
            digest=digest_of(action, subject_id, details),
            verdict=EntryVerdict.APPLIED,
            fields={},
        )
    )


def digest_of(action: Action, subject_id: UUID, details: Mapping[str, Any]) -> str:
    """What makes two entries the same: sha-256 of action, subject and fields."""
    content = json.dumps([action.name, str(subject_id), dict(details)], sort_keys=True, default=str)
    return hashlib.sha256(content.encode()).hexdigest()
