"""The only module that knows htmx on the server's side."""

from typing import Any

from flask import Flask, Response, g, redirect, render_template
from htmx_flask import Htmx, make_response, request

htmx = Htmx()


def init_app(app: Flask) -> None:
    """Let requests say whether htmx sent them."""
    htmx.init_app(app)


def asked_by_htmx() -> bool:
    """Whether a fragment is wanted rather than a page."""
    return bool(request.htmx) and not request.htmx.boosted


def page_or_fragment(
    page: str, fragment: str, *, status: int = 200, trigger: dict[str, Any] | None = None, **context: Any
) -> Response:
    """The whole page for a browser; only its fragment when htmx asked. `trigger` names what other fragments hear."""
    template = fragment if asked_by_htmx() else page
    response = make_response(render_template(template, **context), status, trigger=trigger)
    response.vary.add("HX-Request")
    return response


def gone_to(url: str) -> Response:
    """What was posted has been done; look at it there. A browser is redirected, htmx goes as if a link were pressed."""
    response: Response = make_response("", 204, redirect=url) if asked_by_htmx() else make_response(redirect(url, 303))
    response.vary.add("HX-Request")
    return response


def nothing_new() -> Response:
    """The fragment on the screen is still true: 204, and htmx leaves it alone. Nobody touched that screen."""
    g.is_idle = True
    response = make_response("", 204)
    response.vary.add("HX-Request")
    return response
