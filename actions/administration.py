"""Writing down who changed which setting."""

from collections.abc import Mapping
from uuid import UUID

from extensions import db
from models import AdministrationEntry, User


def note(
    action: str, *, by: User | None, company_id: UUID, subject: str, subject_id: UUID | None = None,
    changes: Mapping[str, tuple[object, object]] | None = None,
) -> None:  # fmt: skip
    """One line of the log of the administration. Inside the unit of work of the change itself."""
    db.session.add(
        AdministrationEntry(
            action=action,
            by_id=by.id if by else None,
            company_id=company_id,
            subject=subject[:200],
            subject_id=subject_id,
            changes={field: [words(before), words(after)] for field, (before, after) in (changes or {}).items()},
        )
    )


def words(value: object) -> str:
    """A value as the log shows it."""
    if isinstance(value, set | frozenset | list | tuple):
        return ", ".join(sorted(str(one) for one in value))
    return "" if value is None else str(value)
