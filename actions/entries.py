"""Taking a phone's entries: each once, in the unit of work that also writes its receipt."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from actions import overtaking
from actions.receipts import receipt_for
from actions.unit_of_work import unit_of_work, written
from domain.errors import AlreadyUsed
from extensions import db
from models import EntryVerdict, Event, Receipt, User
from queries import events, receipts, users


@dataclass(frozen=True)
class Entry:
    """An entry as delivered. `fields` is what was typed, name → values; its moments are by the phone's clock."""

    id: UUID
    action: str
    content_digest: str  # sha-256 of the address and all that was typed
    fields: Mapping[str, Sequence[str]]
    photos: Sequence[Mapping[str, Any]] = ()  # those that will follow
    job_id: UUID | None = None
    site_id: UUID | None = None  # named by somebody who has none of their own
    phone_id: UUID | None = None
    sequence: int | None = None
    replaces: UUID | None = None  # the refused entry of which this is the mended copy
    seen: int | None = None
    said_at: datetime | None = None
    sent_at: datetime | None = None


class Declined(Exception):
    """The answer to an entry is no, and will stay no.

    `code` is invalid, not_allowed, not_permitted or gone; `sentence` and `faults` (by field) are in the sender's
    language; `source` is the sentence before it was translated, with its values; `words` is what was typed by hand, as
    (label, text).
    """

    def __init__(
        self,
        code: str,
        sentence: str,
        faults: Mapping[str, Sequence[str]] | None = None,
        words: Sequence[tuple[str, str]] = (),
        source: Sequence[Any] = (),
    ) -> None:
        super().__init__(sentence)
        self.code, self.sentence, self.faults, self.words, self.source = code, sentence, faults or {}, words, source


def take(entry: Entry, attempt: Callable[[], str | None], *, by: User) -> Receipt:
    """Do what an entry says, exactly once; the receipt with the verdict.

    `attempt` does it, and returns the address to look at afterwards or raises Declined. What it did and the receipt
    become true together. Delivered again, the entry gets the receipt it has. Raises AlreadyUsed when its id stands for
    something else; then nothing is written.
    """
    try:
        with unit_of_work():
            return known(entry, by) or done(entry, attempt, by)
    except (Declined, IntegrityError) as error:
        with unit_of_work():
            receipt = known(entry, by)  # a second delivery may have been faster in the same instant
            if receipt is None and isinstance(error, Declined):
                receipt = overtaken(entry, error, by) or declined(entry, error, by)
            if receipt is None:
                raise
            return receipt


def known(entry: Entry, by: User) -> Receipt | None:
    """The answer given before. The entries of one person are taken one after the other. Raises AlreadyUsed."""
    users.hold(by.id)
    receipt = receipts.found(entry.id)
    if receipt is None:
        return None
    if receipt.user_id != by.id:
        raise AlreadyUsed()
    if receipt.awaits_delivery:
        return None
    if receipt.verdict in (EntryVerdict.APPLIED, EntryVerdict.REFUSED):
        if receipt.content_digest is None:
            return None  # a form sent without the phone's script: perform() compares what it said
        if receipt.content_digest != entry.content_digest:
            raise AlreadyUsed()
    receipt.deliveries += 1
    return receipt


def done(entry: Entry, attempt: Callable[[], str | None], by: User) -> Receipt:
    """Do it. An event that has no receipt is of a database that was restored: it was done before the backup."""
    receipt = event = url = None
    if not receipts.is_new(entry.id):
        receipt, event = receipts.found(entry.id), events.found(entry.id)
    photos = receipt.photos if receipt else []
    if receipt and receipt.awaits_delivery:
        db.session.delete(receipt)
        db.session.flush()
    if event and receipt is None:
        refuse_foreign(event, entry, by)
    else:
        url = attempt()
        event = written(Event, entry.id) or events.of_id(entry.id)
    with db.session.no_autoflush:  # event and receipt are written in one go
        receipt = receipt_for(entry, EntryVerdict.APPLIED, by, event, photos)
        meanwhile = overtaking.meanwhile(event, entry.seen)
    receipt.code = "moved" if meanwhile else ""
    receipt.answer = {**receipt.answer, "url": url, "meanwhile": meanwhile}
    return receipt


def overtaken(entry: Entry, no: Declined, by: User) -> Receipt | None:
    """A yes all the same where this person has done it with another phone already; the words are kept as a note."""
    if entry.job_id is None or not overtaking.stands_already(entry.job_id, entry.action, by):
        return None
    note = overtaking.note(entry, no.words, by)
    receipt = receipt_for(entry, EntryVerdict.APPLIED, by, note)
    receipt.code, receipt.fields = "already", dict(entry.fields)
    return receipt


def declined(entry: Entry, no: Declined, by: User) -> Receipt:
    """The no, with all that was typed: what a phone sent is never lost, and the centre can read it."""
    receipt = receipt_for(entry, EntryVerdict.REFUSED, by)
    receipt.code, receipt.reason, receipt.fields = no.code, no.sentence, dict(entry.fields)
    receipt.answer = {**receipt.answer, "fields": no.faults, "reason": no.source}
    return receipt


def refuse_foreign(event: Event, entry: Entry, by: User) -> None:
    """The event is what the entry says: the same action of the same person on the same job. Raises AlreadyUsed."""
    job_id = event.details.get("job_id") or event.job_id or ""
    if (event.actor_id, event.action, str(job_id)) != (by.id, entry.action, str(entry.job_id or "")):
        raise AlreadyUsed()
