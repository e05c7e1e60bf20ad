"""What must be true in the end: every entry ever saved is with the server once and in order, or still on its phone."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from sqlalchemy import select

from bench.chaos.handset import Handset, Saved, has_come_to_rest
from extensions import db
from models import Attachment, EntryVerdict, Event, Receipt, ServiceRequest

APPLIED, REFUSED = EntryVerdict.APPLIED, EntryVerdict.REFUSED


@dataclass
class Findings:
    """Sentences about what is wrong, and how many entries came to what."""

    lost: list[str] = field(default_factory=list)
    twice: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    came_to: Counter[str] = field(default_factory=Counter)

    @property
    def are_none(self) -> bool:
        return not (self.lost or self.twice or self.wrong)

    def __str__(self) -> str:
        named = {"LOST": self.lost, "TWICE": self.twice, "WRONG": self.wrong}
        return "\n".join(f"{name}: {sentence}" for name, sentences in named.items() for sentence in sentences)


class Books:
    """What the server holds of these people's work."""

    def __init__(self, people: Sequence[Any]) -> None:
        db.session.rollback()
        mine = [person.id for person in people]
        self.receipts = {str(row.id): row for row in rows(Receipt, Receipt.user_id, mine)}
        self.events = {str(row.id): row for row in rows(Event, Event.actor_id, mine)}
        self.requests = {str(row.id): row for row in rows(ServiceRequest, ServiceRequest.registered_by_id, mine)}
        self.attachments = rows(Attachment, Attachment.uploaded_by_id, mine)
        self.times_kept = Counter(row.source_sha256 for row in self.attachments)


def rows(model: Any, column: Any, ids: Sequence[Any]) -> list[Any]:
    return list(db.session.scalars(select(model).where(column.in_(ids))).unique())


def examined(phones: Sequence[Handset], people: Sequence[Any]) -> Findings:
    """Compares the ledgers with the phones and with the server."""
    findings, books = Findings(), Books(people)
    saved = [one for phone in phones for one in phone.ledger.values()]
    for phone in phones:
        entries = {entry["sequence"]: entry for entry in phone.reconcile()}
        refused = [(entry["chain"], entry["sequence"]) for entry in entries.values() if entry["state"] == "refused"]
        for one in phone.ledger.values():
            examine(one, entries.get(one.sequence), refused, books, findings)
        findings.wrong += out_of_order(phone, books)
    findings.twice += unknown(saved, books)
    findings.twice += [f"photo {sha} kept {times} times" for sha, times in books.times_kept.items() if times > 1]
    photos = Counter(sha for one in saved for sha in set(one.photos))
    findings.twice += [f"photo {sha} is in {times} entries" for sha, times in photos.items() if times > 1]
    return findings


def examine(one: Saved, entry: Any, refused: Any, books: Books, findings: Findings) -> None:
    """One line of the ledger: where its last copy is, and that no earlier one did anything."""
    for id in one.ids[:-1]:
        if id in books.events:
            findings.twice.append(f"{one}: its earlier copy {id} was done")
    receipt = books.receipts.get(one.ids[-1])
    if receipt and receipt.verdict is APPLIED:
        findings.came_to["applied"] += 1
        examine_applied(one, entry, receipt, books, findings)
        return
    if one.ids[-1] in books.events:
        findings.wrong.append(f"{one}: there is an event although the receipt says {receipt and receipt.verdict}")
    if entry is None:
        findings.lost.append(f"{one}: neither with the server nor on the phone")
        return
    findings.came_to[entry["state"] if entry["state"] != "waiting" else "held"] += 1
    if entry["id"] != one.ids[-1] or entry["state"] == "done":
        findings.lost.append(f"{one}: the phone says {entry['state']} as {entry['id']}, the server does not know it")
    elif entry["state"] == "refused" and not (receipt and receipt.verdict is REFUSED and entry["answer"]["sentence"]):
        findings.wrong.append(f"{one}: refused without a reason or without a receipt")
    elif not has_come_to_rest(entry, refused):
        findings.wrong.append(f"{one}: still {entry['state']} after {entry['tries']} tries: {entry['last_error']}")


def examine_applied(one: Saved, entry: Any, receipt: Receipt, books: Books, findings: Findings) -> None:
    """Done: by one event, with each photo once, and the phone knows."""
    id = one.ids[-1]
    if receipt.code != "already" and id not in books.events:
        findings.lost.append(f"{one}: a receipt without an event")
    if entry and entry["state"] not in ("done", "withdrawn"):
        findings.wrong.append(f"{one}: applied, but the phone says {entry['state']} ({entry['last_error']})")
    refused = {photo["sha256"] for photo in (entry or {"photos": ()})["photos"] if photo["state"] == "refused"}
    for sha in set(one.photos) - refused:
        if not books.times_kept[sha]:
            findings.lost.append(f"{one}: its photo {sha}")
    if refused:
        findings.wrong.append(f"{one}: the server refused {len(refused)} good photos")


def out_of_order(phone: Handset, books: Books) -> Iterator[str]:
    """Entries of one job that the server did in another order than they were tapped."""
    chains: dict[str, list[tuple[Saved, Event]]] = {}
    for one in sorted(phone.ledger.values(), key=lambda one: one.sequence):
        if event := books.events.get(one.ids[-1]):
            chains.setdefault(one.chain, []).append((one, event))
    for done in chains.values():
        for (first, earlier), (second, later) in pairwise(done):
            if earlier.sequence >= later.sequence:
                yield f"{second} was done before {first}"


def unknown(saved: Sequence[Saved], books: Books) -> Iterator[str]:
    """What the server has that no phone ever saved."""
    known = {id for one in saved for id in one.ids}
    for name, found in (("event", books.events), ("request", books.requests)):
        for id in found.keys() - known:
            yield f"{name} {id} ({getattr(found[id], 'action', 'registered')}) is no phone's entry"
