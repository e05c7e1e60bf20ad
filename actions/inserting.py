"""Rows that somebody else may have written in the same instant: both databases can say what becomes of them then."""

from typing import Any

from sqlalchemy.dialects import postgresql, sqlite

from extensions import db


def insert(model: Any) -> Any:
    """An INSERT that takes `on_conflict_do_nothing()` and `on_conflict_do_update()`, for the database we talk to."""
    return (postgresql if db.engine.dialect.name == "postgresql" else sqlite).insert(model)
