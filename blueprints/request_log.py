"""One line in the log for every request: its id, who, how long, and how many SQL statements."""

import logging
import time
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
    app.before_request(begin)
    app.after_request(end)
    with app.app_context():
        event.listen(db.engine, "before_cursor_execute", count_statement)


def begin() -> None:
    """Note the time; take the proxy's id for this request if it gave one we can print."""
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if given.isascii() and given.isprintable() and 0 < len(given) <= 64 else uuid4().hex[:12]
    g.began, g.statements = time.monotonic(), 0


def count_statement(*_: object) -> None:
    """One more, if a request is being answered."""
    if g and "statements" in g:
        g.statements += 1


def end(response: Response) -> Response:
    """The line."""
    milliseconds = (time.monotonic() - g.began) * 1000
    who = current_user.username if current_user.is_authenticated else "-"
    log.info(
        "%s %s %s %s user=%s %.0fms statements=%d",
        g.request_id, request.method, request.path, response.status_code, who, milliseconds, g.statements,
    )  # fmt: skip
    response.headers["X-Request-Id"] = g.request_id
    return response
