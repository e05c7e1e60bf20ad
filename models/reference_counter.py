from datetime import date
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from extensions import db


class ReferenceCounter(db.Model):
    """The last reference number given out at a site on a local day."""

    site_id: Mapped[UUID] = mapped_column(db.ForeignKey("site.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    last: Mapped[int]
