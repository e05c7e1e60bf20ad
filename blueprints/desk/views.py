"""The centre's desk: the queue."""

from datetime import datetime
from typing import Any

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.access import requires
from blueprints.desk.drawing import row_drawer
from blueprints.desk.frame import filters_of, frame_of
from blueprints.htmx import asked_by_htmx, nothing_new, page_or_fragment
from blueprints.paging import key_asked
from domain.days import moment_of
from domain.permissions import Permission
from extensions import now
from queries import queue as requests
from queries.queue import News

bp = Blueprint("desk", __name__, url_prefix="/desk")


@bp.get("")
@requires(Permission.USE_DESK)
def queue() -> ResponseReturnValue:
    """The rows of one lens. The page asks again every few seconds, and is told nothing when nothing is new."""
    drawn_at, seen = now(), seen_at()
    news = requests.news(current_user, since=seen, now=drawn_at) if seen else None
    if news and seen and not news.is_any and same_minute(seen, drawn_at):
        return nothing_new()
    form, is_valid = filters_of(request.args)
    frame = frame_of(form, drawn_at)
    asked = key_asked()
    shown = requests.page(current_user, frame.lens, form.chosen, now=drawn_at, **asked)
    context = {
        "form": form,
        "frame": frame,
        "shown": shown,
        "drawn_at": drawn_at,
        "draw": row_drawer(drawn_at, frame.several_sites),
        "refresh_url": frame.refresh_url(drawn_at, asked),
    }
    return page_or_fragment(
        "desk/queue.html", "desk/_rows.html", status=200 if is_valid or seen else 422, trigger=told(news), **context
    )


@bp.get("/filters")
@requires(Permission.USE_DESK)
def filters() -> ResponseReturnValue:
    """All filters to choose from: brought into the queue's page, or without script a page of its own."""
    form, is_valid = filters_of(request.args, offer=True)
    return page_or_fragment("desk/filters.html", "desk/_filters.html", status=200 if is_valid else 422, form=form)


def seen_at() -> datetime | None:
    """When the rows on the asker's screen were drawn; None on a first visit, or when it cannot be read."""
    return moment_of(request.args.get("seen")) if asked_by_htmx() else None


def same_minute(earlier: datetime, later: datetime) -> bool:
    """Clocks count in minutes: rows drawn in this minute still say the truth about them."""
    return earlier.replace(second=0, microsecond=0) == later.replace(second=0, microsecond=0)


def told(news: News | None) -> dict[str, Any] | None:
    """What the page says aloud of what arrived."""
    if not news or not news.arrived:
        return None
    one, several = _("1 new request"), _("%(number)s new requests", number=news.arrived)
    return {"announce": {"value": one if news.arrived == 1 else several}}
