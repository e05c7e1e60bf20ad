"""One line in the log for every request: its id, who, how long, and how many SQL statements."""

import logging
import time
from urllib.parse import quote
from uuid import uuid4

from flask import Flask, Response, g, request
from flask_login import current_user
from sqlalchemy import event

from extensions import db, log


def init_app(app: Flask) -> None:
    """Count statements while a request runs, and write the line when it has been answered."""
    logging.basicConfig(
        level=app.extensions["settings"].log_level, format="%(asctime)s %(levelname)s %(name)s %(message)s"
    )
    # First of all: what the extensions refuse (a forged form, one attempt too many) is written down, too.
    app.before_request_funcs.setdefault(None, []).insert(0, begin)
    app.after_request(end)
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", count_statement)


def begin() -> None:
    """Note the time; take the proxy's id for this request if it gave one we can print."""
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if given.isascii() and given.isprintable() and 0 < len(given) <= 64 else uuid4().hex[:12]
    g.began, g.statements, g.visitor = time.monotonic(), 0, "-"
    g.visitor = visitor()


def visitor() -> str:
    """The user name of whoever asks, or a dash."""
    return current_user.username if current_user.is_authenticated else "-"


def address() -> str:
    """The path on one line; of a link that is itself a key, only its shape."""
    is_secret = request.url_rule is not None and "secret" in request.url_rule.arguments
    return request.url_rule.rule if request.url_rule and is_secret else quote(request.path)


def count_statement(*_: object) -> None:
    """One more, if a request is being answered."""
    if g and "statements" in g:
        g.statements += 1


def end(response: Response) -> Response:
    """The line."""
    milliseconds = (time.monotonic() - g.began) * 1000
    who = g.visitor if g.visitor != "-" else visitor()  # who came is known from the start, who signed in only now
    log.info(
        "%s %s %s %s user=%s %.0fms statements=%d",
        g.request_id, request.method, address(), response.status_code, who, milliseconds, g.statements,
    )  # fmt: skip
    response.headers["X-Request-Id"] = g.request_id
    return response
