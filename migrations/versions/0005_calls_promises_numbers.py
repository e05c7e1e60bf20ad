"""next calls, promises in the figures, numbers by their last digits, one special day of the company a day

Promises and calls to be made again that are written down already come alive when the worker recounts the sites.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

PROMISES = [f"promise_{end}" for end in ("met", "late", "open", "no_deadline", "void", "stopped")]
WAITS = sa.text("status = 'completed'")
OF_COMPANY = sa.text("site_id IS NULL")


def upgrade():
    with op.batch_alter_table("service_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("call_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.create_index(
            "ix_service_request_to_call", ["site_id", "call_at", "id"], sqlite_where=WAITS, postgresql_where=WAITS
        )
    op.execute("UPDATE service_request SET call_at = coalesce(next_due_at, completed_at) WHERE status = 'completed'")
    with op.batch_alter_table("daily_figure", schema=None) as batch_op:
        for name in PROMISES:
            batch_op.add_column(sa.Column(name, sa.Integer(), nullable=True))
    op.execute("DELETE FROM figure_day")  # counted anew, promises and all
    op.execute("UPDATE site SET clocks_stale_since = CURRENT_TIMESTAMP")
    reverse_numbers()
    keep_one_day()


def reverse_numbers():
    """Every number also from its end."""
    with op.batch_alter_table("resident_phone", schema=None) as batch_op:
        batch_op.add_column(sa.Column("backwards", sa.String(length=40), nullable=False, server_default=""))
        batch_op.create_index("ix_resident_phone_site_id_backwards", ["site_id", "backwards"])
    phones = sa.table("resident_phone", sa.column("id", sa.Uuid()), sa.column("number"), sa.column("backwards"))
    connection = op.get_bind()
    rows = [
        {"of": id, "to": number.partition(";")[0][::-1]} for id, number in connection.execute(sa.select(phones.c.id, phones.c.number))
    ]
    if rows:
        change = phones.update().where(phones.c.id == sa.bindparam("of")).values(backwards=sa.bindparam("to"))
        connection.execute(change, rows)


def keep_one_day():
    """Of several special days of a whole company on one date, the one written first by its key stays."""
    op.execute(
        "DELETE FROM special_day WHERE site_id IS NULL AND EXISTS (SELECT 1 FROM special_day AS other"
        " WHERE other.site_id IS NULL AND other.company_id = special_day.company_id"
        " AND other.day = special_day.day AND other.id < special_day.id)"
    )
    op.create_index(
        "uq_special_day_of_company", "special_day", ["company_id", "day"], unique=True,
        sqlite_where=OF_COMPANY, postgresql_where=OF_COMPANY,
    )  # fmt: skip


def downgrade():
    op.drop_index("uq_special_day_of_company", "special_day")
    with op.batch_alter_table("resident_phone", schema=None) as batch_op:
        batch_op.drop_index("ix_resident_phone_site_id_backwards")
        batch_op.drop_column("backwards")
    with op.batch_alter_table("daily_figure", schema=None) as batch_op:
        for name in PROMISES:
            batch_op.drop_column(name)
    with op.batch_alter_table("service_request", schema=None) as batch_op:
        batch_op.drop_index("ix_service_request_to_call")
        batch_op.drop_column("call_at")
        batch_op.drop_column("next_try_at")
