from datetime import date
from uuid import UUID

from sqlalchemy import Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from extensions import db
from models.columns import refers_to, title, uuid_key, values


class WorkingWeek(db.Model):
    """The working hours of a site from a day on: per weekday, Monday first, a list of ["08:30", "12:00"] spans."""

    __table_args__ = (UniqueConstraint("site_id", "valid_from"),)

    id: Mapped[uuid_key]
    site_id: Mapped[UUID] = refers_to("site.id", index=False)
    valid_from: Mapped[date]
    spans: Mapped[values]


class SpecialDay(db.Model):
    """A holiday or a make-up working day (调休), for the whole company or one site."""

    __table_args__ = (
        UniqueConstraint("company_id", "site_id", "day"),
        # For a database no two NULLs are the same, so the days of the whole company are kept apart by themselves.
        Index("uq_special_day_of_company", "company_id", "day", unique=True, sqlite_where=text("site_id IS NULL"),
              postgresql_where=text("site_id IS NULL")),
    )  # fmt: skip

    id: Mapped[uuid_key]
    company_id: Mapped[UUID] = refers_to("company.id", index=False)
    site_id: Mapped[UUID | None] = refers_to("site.id")
    day: Mapped[date]
    is_working: Mapped[bool]
    name: Mapped[title] = mapped_column(default="")
