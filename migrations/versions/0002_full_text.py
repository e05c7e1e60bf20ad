"""the full-text index

What stands here stood in models/search_text.py when this was written; here it also reads what is there already.
"""

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

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
        "INSERT INTO search_index(search_index) VALUES ('rebuild')",  # what was written before
    ),
    "postgresql": ("CREATE INDEX search_index_terms ON search_text USING gin (to_tsvector('simple', terms))",),
}


def upgrade():
    for statement in INDEX[op.get_bind().dialect.name]:
        op.execute(statement)


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX search_index_terms")
        return
    for trigger in ("added", "removed", "changed"):
        op.execute(f"DROP TRIGGER search_index_{trigger}")
    op.execute("DROP TABLE search_index")
