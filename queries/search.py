"""Finding service requests by what somebody remembers of them."""

from sqlalchemy import ColumnElement, false, func, literal_column, select, table

from domain.search_terms import phrases_of
from extensions import db
from models import SearchText, ServiceRequest

INDEX = table("search_index")


def matching(text: str) -> ColumnElement[bool]:
    """Requests with every word of the text in their words, reference, people, numbers, room or place.

    A word may be any part: the middle of a sentence, pinyin initials, some digits of a number. It is looked up in the
    full-text index of the database (models/search_text.py).
    """
    phrases = phrases_of(text)
    if not phrases:
        return false()
    is_sqlite = db.engine.dialect.name == "sqlite"
    return ServiceRequest.id.in_(_in_sqlite(phrases) if is_sqlite else _in_postgresql(phrases))


def _in_sqlite(phrases):
    asked = " AND ".join(f'"{" ".join(pieces)}"{" *" if goes_on else ""}' for pieces, goes_on in phrases)
    matches = (
        select(literal_column("rowid")).select_from(INDEX).where(literal_column("search_index").op("MATCH")(asked))
    )
    return select(SearchText.service_request_id).where(SearchText.id.in_(matches))


def _in_postgresql(phrases):
    asked = " & ".join(f"({' <-> '.join(pieces)}{':*' if goes_on else ''})" for pieces, goes_on in phrases)
    simple = literal_column("'simple'")
    return select(SearchText.service_request_id).where(
        func.to_tsvector(simple, SearchText.terms).op("@@")(func.to_tsquery(simple, asked))
    )
