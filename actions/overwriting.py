"""Two people at the same record: the second one is told, and does not undo unknowingly what the first has written."""

from typing import Any

from domain.errors import ChangedMeanwhile
from extensions import db
from queries.seen import columns_of, seen_of


def refuse_unseen(present: str, seen: str | None) -> None:
    """Raises ChangedMeanwhile where the writer saw something else; None: a writer without a page, as a command is."""
    if seen and seen != present:
        raise ChangedMeanwhile()


def hold_as_seen(row: Any, seen: str | None) -> None:
    """The row as it is now, held until the commit. Inside a unit of work. Raises ChangedMeanwhile."""
    db.session.refresh(row, columns_of(row), with_for_update={"key_share": True})
    refuse_unseen(seen_of(row), seen)
