"""Finding service requests by what somebody remembers of them."""

from typing import Any

from sqlalchemy import ColumnElement, false, func, literal_column, select, table, true

from domain.permissions import Reach, reaches
from domain.search_terms import Phrase, phrases_of
from extensions import db
from models import SearchText, ServiceRequest
from queries.reach import Viewer

NEWEST = 1000  # so many of the latest matches are looked at: a word that everybody uses costs no more than a rare one
SIMPLE: Any = literal_column("'simple'")
INDEX = table("search_index")


def matching(text: str, viewer: Viewer) -> ColumnElement[bool]:
    """Requests with every word of the text in their words, reference, people, numbers, room or place.

    A word may be any part: the middle of a sentence, pinyin initials, some digits of a number. It is looked up in the
    full-text index of the database (models/search_text.py); of the matches at the viewer's sites the latest count.
    """
    phrases = phrases_of(text)
    if not phrases:
        return false()
    asked = select(SearchText.service_request_id)
    asked = _in_sqlite(asked, phrases) if db.engine.dialect.name == "sqlite" else _in_postgresql(asked, phrases)
    within = true() if Reach.EVERYTHING in reaches(viewer) else SearchText.site_id == viewer.site_id
    return ServiceRequest.id.in_(asked.where(within).limit(NEWEST))


def _in_sqlite(asked: Any, phrases: list[Phrase]) -> Any:
    words = " AND ".join(f'"{" ".join(pieces)}"{" *" if goes_on else ""}' for pieces, goes_on in phrases)
    rowid: Any = literal_column("search_index.rowid")
    return (
        asked.join(INDEX, rowid == SearchText.id)
        .where(literal_column("search_index").op("MATCH")(words))
        .order_by(rowid.desc())
    )


def _in_postgresql(asked: Any, phrases: list[Phrase]) -> Any:
    words = " & ".join(f"({' <-> '.join(pieces)}{':*' if goes_on else ''})" for pieces, goes_on in phrases)
    column: Any = literal_column("search_text.search_index")
    return asked.where(column.op("@@")(func.to_tsquery(SIMPLE, words))).order_by(SearchText.id.desc())
