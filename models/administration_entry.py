from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from extensions import db
from models.columns import facts, recorded, refers_to, related, short, title, uuid_key
from models.user import User


class AdministrationEntry(db.Model):
    """Who changed what in the settings of a company, and when. Written once, never changed."""

    __table_args__ = (Index("ix_administration_entry_latest", "company_id", "written_at"),)

    id: Mapped[uuid_key]
    company_id: Mapped[UUID] = mapped_column(db.ForeignKey("company.id"))
    written_at: Mapped[recorded]
    by_id: Mapped[UUID | None] = refers_to("user.id", index=False)  # None: at the server's command line
    action: Mapped[short]  # a key of domain/accounts.ENTRIES
    subject_id: Mapped[UUID | None] = mapped_column(index=True)
    subject: Mapped[title]  # its name then
    changes: Mapped[facts]  # field -> [before, after], as text

    by: Mapped[User | None] = related()
