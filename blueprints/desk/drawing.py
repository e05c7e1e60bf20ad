"""The rows of the queue. Drawing is the dearest part of the page, and most rows look as they did a moment ago."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import lru_cache

from flask import current_app
from flask_babel import get_locale, get_timezone
from markupsafe import Markup

from queries.queue_rows import QueueRow

KEPT = 4000  # rows; some 1.5 KB each


def row_drawer(now: datetime, several_sites: bool) -> Callable[[QueueRow], Markup]:
    """A function that draws one row as this person sees it at this moment."""
    minute = now.replace(second=0, microsecond=0)
    language, zone = str(get_locale()), str(get_timezone())

    def draw(row: QueueRow) -> Markup:
        is_late = bool(row.reading and row.reading.is_late(now))
        return _drawn(row, minute, is_late, language, zone, several_sites)

    return draw


@lru_cache(maxsize=KEPT)
def _drawn(row: QueueRow, minute: datetime, is_late: bool, language: str, zone: str, several_sites: bool) -> Markup:
    """The row, once for everybody who sees the same: it depends on nothing but these arguments.

    Clocks count in whole minutes; one that ran out within this minute shows that it has.
    """
    template = current_app.jinja_env.get_template("desk/row.html").module
    just_late = is_late and row.reading and row.reading.due_at and row.reading.due_at > minute
    moment = minute + timedelta(minutes=1) if just_late else minute
    return template.queue_row(row, several_sites, moment)  # type: ignore[attr-defined]
