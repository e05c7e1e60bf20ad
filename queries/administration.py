"""The log of the administration, and what its overview counts."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extensions import db
from models import AdministrationEntry, User

LATEST = 15


def entries(viewer: User, *, subject_id: UUID | None = None) -> Sequence[AdministrationEntry]:
    """The latest lines of the company's log, of one subject or of all, newest first."""
    asked = select(AdministrationEntry).where(AdministrationEntry.company_id == viewer.company_id)
    if subject_id:
        asked = asked.where(AdministrationEntry.subject_id == subject_id)
    asked = asked.options(joinedload(AdministrationEntry.by)).order_by(AdministrationEntry.written_at.desc())
    return db.session.scalars(asked.limit(LATEST)).all()
