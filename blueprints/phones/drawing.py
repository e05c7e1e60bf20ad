"""One entry that was not accepted, with all that can be done about it, as phones/entry.html prints it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from blueprints.pictures import Picture
from blueprints.written import action_label, reason_of, typed_in
from domain.days import by_our_clock
from domain.lifecycle import ACTIONS, Subject, refusal
from domain.permissions import Permission
from extensions import now
from queries.refused_entries import EntryPage


@dataclass(frozen=True)
class EntryCard:
    """An entry in words. The addresses are None where there is nothing to go to, or nothing this person may do."""

    entry: Any
    label: str
    happened_at: datetime | None  # by our clock, as far as the phone said
    reason: str
    typed: list[tuple[str, str]]
    pictures: list[Picture]
    photos_missing: int
    request_url: str | None
    register_url: str | None
    do_url: str | None


def cards(page: EntryPage, viewer: Any) -> list[EntryCard]:
    """The entries of a page as cards."""
    return [card(entry, page, viewer) for entry in page.entries]


def card(entry: Any, page: EntryPage, viewer: Any) -> EntryCard:
    """One of them."""
    is_open = entry.service_request_id in page.within_reach
    pictures = [picture for photo in entry.photos if (picture := picture_of(entry, photo))]
    lost_way = entry.action == "register" and not entry.is_registered and viewer.can(Permission.REGISTER)
    return EntryCard(
        entry=entry,
        label=action_label(entry.action),
        happened_at=by_our_clock(entry.said_at, entry.sent_at, entry.received_at),
        reason=reason_of(entry),
        typed=typed_in(entry, page.names),
        pictures=pictures,
        photos_missing=len(entry.photos) - len(pictures),
        request_url=url_for("service_requests.show", id=entry.service_request_id) if is_open else None,
        register_url=url_for("registration.new", entry=entry.id) if lost_way else None,
        do_url=do_url(entry, viewer) if is_open else None,
    )


def picture_of(entry: Any, photo: dict[str, Any]) -> Picture | None:
    """A photo of the entry; None while its bytes are not here."""
    if not photo.get("stored"):
        return None
    address = {"id": entry.id, "sha256": photo["sha256"]}
    return Picture(
        url=url_for("phones.photo", **address),
        thumbnail_url=url_for("phones.photo", small="yes", **address),
        label=photo["name"] or photo["field"],
    )


def do_url(entry: Any, viewer: Any) -> str | None:
    """Where the viewer can do the same to the same job or request, if the lifecycle lets them now."""
    action = ACTIONS.get(entry.action)
    if action is None:
        return None
    is_job = action.subject is Subject.JOB
    subject = entry.job if is_job else entry.service_request
    if subject is None or refusal(action, subject, viewer, now()):
        return None
    return url_for("jobs.act" if is_job else "service_requests.act", id=subject.id, action=action)
