"""Who sits here: the session of a browser, and the pages it may be sent back to."""

import re
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, current_app, g, request, session
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask_login import AnonymousUserMixin, login_user, logout_user
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

KEPT = ("language",)  # chosen before anybody signed in
# One slash, then neither another nor a backslash; browsers drop tabs and line ends before they read the rest.
OWN_PATH = re.compile(r"/(?![/\\])[^\\\x00-\x1f\x7f]*")


class Sessions(SecureCookieSessionInterface):
    """Sessions in a signed cookie, which is written anew when a person asks for a page and not by an idle screen."""

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Whether what was asked prolongs the session, or changed it."""
        return session.modified or ("is_idle" not in g and super().should_set_cookie(app, session))


def init_app(app: Flask) -> None:
    """Keep sessions so."""
    app.session_interface = Sessions()


def open_session(user: Any) -> None:
    """A new session for this user, for thirty days from the last page asked for; nothing of the former one stays."""
    close_session()
    session.permanent = True
    login_user(user)


def close_session() -> None:
    """Forget who sits here, and all they left in the session."""
    kept = {name: session[name] for name in KEPT if name in session}
    logout_user()
    session.clear()
    session.update(kept)


def forget_visitor() -> None:
    """Answer as if to a stranger from here on: who sits here is a row of a database that may just have failed.

    The session stays as it is; the next page knows them again.
    """
    g._login_user, g.is_broken = AnonymousUserMixin(), True


def own_page(target: str | None) -> str | None:
    """The target, if it is the path of a page of ours that can be asked for: never another host, never a form's."""
    if not target or not OWN_PATH.fullmatch(target):
        return None
    try:
        current_app.create_url_adapter(request).match(urlsplit(target).path, method="GET")  # type: ignore[union-attr]
    except RequestRedirect:
        return target
    except (HTTPException, ValueError):
        return None
    return target


def page_before() -> str | None:
    """The page of ours a form was sent from."""
    came_from = urlsplit(request.referrer or "")
    if came_from.netloc != request.host:
        return None
    return own_page(came_from.path + (f"?{came_from.query}" if came_from.query else ""))
