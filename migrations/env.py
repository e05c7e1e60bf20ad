"""How a migration runs: one at a time, and never waiting for ever behind somebody else's lock."""

from typing import Literal

from alembic import context
from flask import current_app
from sqlalchemy import Connection, TypeDecorator, text

LOCK = 20261122  # any number, as long as nobody else in this database uses it
LOCK_TIMEOUT = "10s"  # a migration that must wait longer than this for a table gives up instead of stopping the product

database = current_app.extensions["migrate"].db


def queue_up(connection: Connection) -> None:
    """Two hosts that start at once migrate one after the other. SQLite locks the whole file by itself."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))


def as_stored(kind: str, thing: object, autogen_context: object) -> str | Literal[False]:
    """Write a column as what the database keeps, not as our type around it: migrations import nothing of ours."""
    return f"sa.{thing.impl!r}" if kind == "type" and isinstance(thing, TypeDecorator) else False


def is_described(name: str | None, kind: str, parents: object) -> bool:
    """The full-text index is no model's: each database has its own kind, see models/search_text.py."""
    return not (name or "").startswith("search_index")


def run() -> None:
    """Bring the schema to where it is asked to be, in one transaction."""
    with database.engine.connect() as connection:
        options = current_app.extensions["migrate"].configure_args
        options |= {"target_metadata": database.metadata, "render_item": as_stored, "include_name": is_described}
        context.configure(connection=connection, **options)
        with context.begin_transaction():
            queue_up(connection)
            context.run_migrations()


run()
