from uuid import UUID

from sqlalchemy import DDL, event
from sqlalchemy.orm import Mapped, mapped_column

from extensions import db
from models.columns import prose, refers_to


class SearchText(db.Model):
    """What a service request can be found by, cut into pieces by domain/search_terms.py.

    Beside it lies a full-text index, `search_index…`, that no model describes: each database has its own kind, and
    keeps it in step by itself. The statements stand here for tests and once more in the migration.
    """

    id: Mapped[int] = mapped_column(primary_key=True)
    site_id: Mapped[UUID] = refers_to("site.id", index=False)
    service_request_id: Mapped[UUID] = mapped_column(db.ForeignKey("service_request.id"), unique=True)
    terms: Mapped[prose]


INDEX = {
    "sqlite": (
        "CREATE VIRTUAL TABLE search_index USING fts5(terms, content='search_text', content_rowid='id')",
        "CREATE TRIGGER search_index_added AFTER INSERT ON search_text BEGIN"
        " INSERT INTO search_index(rowid, terms) VALUES (new.id, new.terms); END",
        "CREATE TRIGGER search_index_removed AFTER DELETE ON search_text BEGIN"
        " INSERT INTO search_index(search_index, rowid, terms) VALUES ('delete', old.id, old.terms); END",
        "CREATE TRIGGER search_index_changed AFTER UPDATE ON search_text BEGIN"
        " INSERT INTO search_index(search_index, rowid, terms) VALUES ('delete', old.id, old.terms);"
        " INSERT INTO search_index(rowid, terms) VALUES (new.id, new.terms); END",
    ),
    "postgresql": (
        # A column of its own, because a phrase found in the index is looked up once more in the row.
        "ALTER TABLE search_text ADD COLUMN search_index tsvector"
        " GENERATED ALWAYS AS (to_tsvector('simple', terms)) STORED",
        "CREATE INDEX search_index_words ON search_text USING gin (search_index)",
    ),
}

for _dialect, _statements in INDEX.items():
    for _statement in _statements:
        event.listen(SearchText.__table__, "after_create", DDL(_statement).execute_if(dialect=_dialect))
