"""How rows are kept: keys of their own, at a site where they grow, moments nobody can misread; and SQLite's manners."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import DateTime, Uuid, text
from sqlalchemy.exc import StatementError

from extensions import db
from models import Company
from models.columns import Moment

OF_THE_COMPANY = {"company", "site", "category", "administration_entry"}
OF_A_COLLEAGUE = {"qualification", "user_role"}
COUNTED = {"daily_figure", "figure_day", "reference_counter", "clock_reading", "search_text"}  # kept from other rows


def tables():
    return {table.name: table for table in db.metadata.sorted_tables}


def test_whatever_grows_names_its_site():
    without = {name for name, table in tables().items() if "site_id" not in table.c}
    assert without == OF_THE_COMPANY | OF_A_COLLEAGUE


def test_every_row_a_person_makes_has_a_key_nobody_else_can_have():
    of_numbers = {
        name for name, table in tables().items() if not any(isinstance(c.type, Uuid) for c in table.primary_key)
    }
    assert of_numbers <= COUNTED


def test_every_moment_is_kept_in_utc_and_says_so(app):
    assert not [c for table in tables().values() for c in table.c if isinstance(c.type, DateTime)]
    with pytest.raises(StatementError, match="without a zone"):
        db.session.execute(
            db.select(Company).where(db.bindparam("at", datetime(2026, 3, 1), Moment) == datetime.now(UTC))  # noqa: DTZ001
        )


def test_sqlite_writes_ahead_minds_references_and_waits(app):
    if db.engine.dialect.name != "sqlite":
        return
    with db.engine.connect() as connection:
        asked = {
            name: connection.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    assert asked == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 15000}
