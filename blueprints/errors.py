"""What each refusal is called in HTTP, and the page that says so in the user's language."""

from flask import Flask, Response, make_response, render_template
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, InterfaceError, OperationalError
from werkzeug.exceptions import Conflict, HTTPException, InternalServerError, ServiceUnavailable

from blueprints.htmx import asked_by_htmx
from blueprints.sessions import forget_visitor
from domain.accounts import AccountLocked
from domain.errors import (
    AlreadyUsed,
    ChangedMeanwhile,
    Incomplete,
    Invalid,
    NotAllowedNow,
    NotFound,
    NotKept,
    NotPermitted,
    Refused,
)
from extensions import log

STATUS_CODES: dict[type[Refused], int] = {
    NotFound: 404,
    NotPermitted: 403,
    NotAllowedNow: 409,
    AlreadyUsed: 409,
    ChangedMeanwhile: 409,
    Invalid: 422,
    Incomplete: 422,
    NotKept: 503,
    AccountLocked: 429,
}

WORDS = {
    400: (_l("This request cannot be read"), _l("Something in it is missing or damaged. Go back and try again.")),
    401: (
        _l("Please sign in"),
        _l("Your session has ended. Sign in and try again: what you typed is still on the page."),
    ),
    403: (_l("Not permitted"), _l("Your roles do not include this. Ask your administrator if they should.")),
    404: (_l("Nothing here"), _l("There is no such page, or it is not yours to see.")),
    405: (_l("Not like this"), _l("This address does not take that kind of request.")),
    409: (_l("No longer possible"), _l("The record has moved on meanwhile.")),
    413: (_l("Too large"), _l("This is too much to send at once: fewer or smaller photos, please.")),
    429: (_l("Too many attempts"), _l("Wait a minute, then try again.")),
    500: (
        _l("Our mistake"),
        _l("Something broke on our side; it has been written down. What you sent has not been saved."),
    ),
    503: (
        _l("Not available"),
        _l("A part of the system is not available at present. Nothing was saved: go back and try again in a minute."),
    ),
}


def init_app(app: Flask) -> None:
    """Every refusal and every HTTP error becomes a page; the log keeps what the page does not tell."""
    app.register_error_handler(Refused, refused)
    app.register_error_handler(HTTPException, http_error)
    app.register_error_handler(IntegrityError, overtaken)
    app.register_error_handler(OperationalError, unavailable)
    app.register_error_handler(InterfaceError, unavailable)
    app.register_error_handler(Exception, our_mistake)


def refused(error: Refused) -> Response:
    """The domain said no."""
    return error_page(STATUS_CODES[type(error)], sentence_of(error))


def sentence_of(error: Refused) -> str:
    """The reason of a refusal in the user's language."""
    return _(error.sentence, **error.values)


def http_error(error: HTTPException) -> Response:
    """HTTP itself said no; a redirect passes through."""
    if error.code is None or error.code < 400:
        return make_response(error.get_response())
    if isinstance(error, CSRFError):
        return error_page(400, _("This page was open too long. Reload it and send again."))
    return error_page(error.code, None)


def our_mistake(error: Exception) -> Response:
    """Nobody expected this: the log has the trace."""
    log.exception("an unexpected error", exc_info=error)
    forget_visitor()
    return error_page(InternalServerError.code, None)


def overtaken(error: IntegrityError) -> Response:
    """Two people, or one person twice, were after the same thing in the same instant: the database took the first."""
    log.exception("overtaken by another request", exc_info=error)
    forget_visitor()
    return error_page(Conflict.code, None)


def unavailable(error: OperationalError | InterfaceError) -> Response:
    """The database is away, restarting, or held by somebody else for too long."""
    log.error("the database did not answer: %s", error.orig)
    forget_visitor()
    return error_page(ServiceUnavailable.code, None)


def error_page(code: int, sentence: str | None) -> Response:
    """The page for this code; to htmx, only the sentence, which is said aloud and not swapped in."""
    heading, usual = WORDS.get(code, WORDS[400] if code < 500 else WORDS[500])
    template = "errors/_sentence.html" if asked_by_htmx() else "errors/error.html"
    return make_response(render_template(template, code=code, heading=heading, sentence=sentence or usual), code)
