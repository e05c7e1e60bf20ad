"""What a phone did without a signal arrives as the very form a desk would send, with the entry's id in a header."""

import hashlib
import json
from collections.abc import Callable
from functools import partial, wraps
from typing import Any
from uuid import UUID

from flask import abort, request
from flask.typing import ResponseReturnValue
from flask_login import current_user
from werkzeug.exceptions import Forbidden

from actions.entries import Declined, Entry, take
from blueprints.access import View
from blueprints.errors import sentence_of
from blueprints.forgery import phone_id
from blueprints.verdicts import stranger, verdict, verdict_of
from domain.days import moment_of
from domain.errors import AlreadyUsed, NotAllowedNow, NotFound, NotKept, NotPermitted, Refused
from domain.lifecycle import Action
from forms.base import number, read
from forms.fields import plain
from forms.photos import photos_named, printable

CODES: dict[type[Refused], str] = {NotFound: "gone", NotPermitted: "not_permitted", NotAllowedNow: "not_allowed"}
NOT_CONTENT = frozenset({"csrf_token", "sent_at", "complete"})  # may differ when the same entry is delivered again

END_MARKED = 2  # the schema from which on the last field is complete=yes: what was cut off on its way lacks it


def takes_entries(action: Action | None = None) -> Callable[[View], View]:
    """Outermost of all: an entry gets its verdict; whoever sends the form without being one gets pages as ever.

    `action` is what the view does, unless its address says.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def entered(**kwargs: Any) -> ResponseReturnValue:
            if not is_entry():
                return view(**kwargs)
            id = read(UUID, request.headers["X-Entry"]) or abort(400)
            return stranger(id) or answered(id, action or kwargs["action"], view, kwargs)

        return entered

    return decorate


def is_entry() -> bool:
    """Whether a phone delivers an entry of its outbox."""
    return "X-Entry" in request.headers


def answered(id: UUID, action: Action, view: View, kwargs: dict[str, Any]) -> ResponseReturnValue:
    """What became of the entry, now or when it first came."""
    entry = entry_sent(id, action, kwargs.get("id"))
    try:
        return verdict_of(take(entry, partial(attempt, view, kwargs), by=current_user))
    except AlreadyUsed as error:
        return verdict(id, "other_content", 409, sentence=sentence_of(error))


def attempt(view: View, kwargs: dict[str, Any]) -> str | None:
    """What the view does with it; the address it would send a browser to. Raises Declined or AlreadyUsed."""
    try:
        return view(**kwargs).location  # type: ignore[union-attr]
    except Forbidden:
        tell_phone(NotPermitted())
    except Refused as refused:
        tell_phone(refused)
    return None


def tell_phone(refused: Refused, form: Any = None) -> None:
    """To a phone, a refusal is the verdict on its entry, with the faults and the words of the form. To a browser
    this does nothing: the view draws its page.
    """
    if not is_entry():
        return
    if isinstance(refused, AlreadyUsed | NotKept):
        raise refused
    faults = {str(name): [str(fault) for fault in faults] for name, faults in form.errors.items()} if form else {}
    code, words = CODES.get(type(refused), "invalid"), form.kept_words if form else ()
    values = {name: value if isinstance(value, int) else str(value) for name, value in refused.values.items()}
    raise Declined(code, sentence_of(refused), faults, words, (refused.sentence, values))


def entry_sent(id: UUID, action: Action, job_id: UUID | None) -> Entry:
    """The entry as this HTTP request carries it. What no phone of ours would send is 400: that settles nothing."""
    form, headers = request.form, request.headers
    photos = photos_named("".join(form.getlist("photos_to_come")[-1:]))
    if read(UUID, form.get("event_id")) != id or photos is None or is_cut_off():
        abort(400)
    return Entry(
        id=id,
        action=action.name,
        content_digest=digest_of_content(),
        fields={
            printable(name): [plain(text) or "" for text in texts]
            for name, texts in form.lists()
            if name not in NOT_CONTENT
        },
        photos=photos,
        job_id=job_id,
        site_id=read(UUID, form.get("site")),
        phone_id=phone_id(),
        sequence=number(headers.get("X-Entry-Sequence")),
        replaces=read(UUID, headers.get("X-Entry-Replaces")),
        seen=number(form.get("seen")),
        said_at=moment_of(form.get("happened_at")),
        sent_at=moment_of(form.get("sent_at")),
    )


def is_cut_off() -> bool:
    """Whether somebody on the way passed on a part of the entry as if it were all. Phones of old builds cannot tell."""
    is_marked = (number(request.headers.get("X-Entry-Schema")) or 1) >= END_MARKED
    return is_marked and request.form.get("complete") != "yes"


def digest_of_content() -> str:
    """What makes two deliveries the same entry: sha-256 of the address and of all that was typed."""
    typed = sorted(pair for pair in request.form.items(multi=True) if pair[0] not in NOT_CONTENT)
    return hashlib.sha256(json.dumps([request.path, typed]).encode()).hexdigest()
