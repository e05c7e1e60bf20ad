"""Where every transaction begins and ends."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from extensions import db, later


@contextmanager
def unit_of_work() -> Iterator[Session]:
    """One action, one commit: all of it becomes true at once, or none of it does.

    A unit inside a unit is part of the outer one. On SQLite the write lock is taken at the start, so that two writers
    wait for each other instead of failing half-way. Bells hung up with `ring()` ring after the commit.
    """
    session = db.session()
    if session.info.get("unit_is_open"):
        yield session
        return
    session.commit()  # ends what was read before: the unit sees the present
    session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
    session.info["unit_is_open"], session.info["bells"], session.info["written"] = True, {}, {}
    try:
        yield session
        session.commit()
    except BaseException:
        session.close()  # rolls back, and leaves what the page already holds readable
        raise
    finally:
        session.info["unit_is_open"], session.info["written"] = False, {}
    for task_name in session.info["bells"]:
        later(task_name)


def write(row: Any) -> None:
    """Add a row, and keep it at hand until the end of the open unit."""
    db.session.add(row)
    db.session().info["written"][type(row), row.id] = row


def written(model: Any, id: UUID) -> Any:
    """The row the open unit wrote under this id, if it did: it need not be read again."""
    return db.session().info["written"].get((model, id))


def ring(task_name: str) -> None:
    """Ask the worker for a task once the open unit has been committed; several times is once."""
    db.session().info["bells"][task_name] = True
