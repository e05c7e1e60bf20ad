from datetime import datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.service_classes import ServiceClass
from extensions import db
from models.category import Category
from models.columns import Moment, facts, moment, refers_to, related, uuid_key
from models.site import Site


class ServiceStandard(db.Model):
    """The deadlines of a service class from a moment on: for the company, one site, or one category of it.

    Never edited: a change is a new row with a later `valid_from`, so that old requests keep theirs.
    """

    __table_args__ = (Index("ix_service_standard_lookup", "company_id", "service_class", "valid_from"),)

    id: Mapped[uuid_key]
    company_id: Mapped[UUID] = mapped_column(db.ForeignKey("company.id"))
    site_id: Mapped[UUID | None] = refers_to("site.id", index=False)
    category_id: Mapped[UUID | None] = refers_to("category.id", index=False)
    service_class: Mapped[ServiceClass]
    valid_from: Mapped[moment]
    allowances: Mapped[facts]  # clock -> {"minutes": 30, "round_the_clock": false, "warn_percent": 70}
    follow_up_share: Mapped[int] = mapped_column(default=100)  # percent of completed requests to be called
    created_by_id: Mapped[UUID | None] = refers_to("user.id", index=False)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)

    site: Mapped[Site | None] = related()
    category: Mapped[Category | None] = related()
