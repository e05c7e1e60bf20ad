"""How we talk to the two databases."""

import select
from typing import Any

from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError

from extensions import db


def init_app(app: Flask) -> None:
    """SQLite: write-ahead log, foreign keys, patience, and transactions that begin as we say."""
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            event.listen(db.engine, "connect", prepare_sqlite)
            event.listen(db.engine, "begin", begin_sqlite)
        else:
            event.listen(db.engine, "checkout", refuse_closed)


def prepare_sqlite(connection: Any, record: Any) -> None:
    """Once per connection. The driver must not begin transactions of its own."""
    connection.isolation_level = None
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON", "busy_timeout=15000"):
        connection.execute(f"PRAGMA {pragma}")


def begin_sqlite(connection: Any) -> None:
    """Readers begin when they read; a unit of work takes the write lock at its start and waits for it."""
    connection.exec_driver_sql(f"BEGIN {connection.get_execution_options().get('sqlite_begin', 'DEFERRED')}")


def refuse_closed(connection: Any, record: Any, proxy: Any) -> None:
    """A database that was restarted is met again with the next page.

    Nobody speaks to a connection that lies idle: whatever can be read from it is its end. So looking costs no question
    and answer, which every page would wait for.
    """
    ears = select.poll()
    ears.register(connection.fileno(), select.POLLIN)
    if ears.poll(0):
        raise InvalidatePoolError()
