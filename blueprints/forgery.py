"""Against forged forms: the token of a page; or, for what a phone sends by itself, headers no other site can send."""

from urllib.parse import urlsplit
from uuid import UUID

from flask import Flask, current_app, g, request

from extensions import csrf
from forms.base import read


def init_app(app: Flask) -> None:
    """Ask of every request that changes something where it comes from. (The extension's own check is switched off.)"""
    app.before_request(refuse_forged)


def refuse_forged() -> None:
    """Pages that a phone kept hold no token worth sending, so its own requests need none; all others do."""
    if not current_app.config["WTF_CSRF_ENABLED"]:
        return
    if is_of_a_phone() and is_of_our_pages():
        g.csrf_valid = True
    else:
        csrf.protect(apply_exemptions=True)


def phone_id() -> UUID | None:
    """The phone whose script sent this, if any. A form of another site cannot carry a header of its own making."""
    return read(UUID, request.headers.get("X-Phone"))


def is_of_a_phone() -> bool:
    """Whether a phone's script sent this: it reads answers for machines, never a page it did not ask for."""
    return phone_id() is not None


def is_of_our_pages() -> bool:
    """Whether the browser itself says that a page of this very origin asked: neither another port nor a subdomain.

    Browsers without Sec-Fetch-Site send at least Origin; who says nothing at all is not believed.
    """
    if "Sec-Fetch-Site" in request.headers:
        return request.headers["Sec-Fetch-Site"] == "same-origin"
    return urlsplit(request.headers.get("Origin", "")).netloc == request.host
