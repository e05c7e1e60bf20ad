"""what PostgreSQL finds a request by is kept in a column

A phrase found in the index is looked up once more in the row, which cut the whole text again for every match.
"""

from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

COLUMN = (
    "ALTER TABLE search_text ADD COLUMN search_index tsvector"
    " GENERATED ALWAYS AS (to_tsvector('simple', terms)) STORED"
)


def upgrade():
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP INDEX search_index_terms")
        op.execute(COLUMN)
        op.execute("CREATE INDEX search_index_words ON search_text USING gin (search_index)")


def downgrade():
    if op.get_bind().dialect.name == "postgresql":
        op.execute("ALTER TABLE search_text DROP COLUMN search_index")
        op.execute("CREATE INDEX search_index_terms ON search_text USING gin (to_tsvector('simple', terms))")
