from uuid import UUID

from sqlalchemy.orm import Mapped

from extensions import db
from models.columns import refers_to, short, title, uuid_key


class Department(db.Model):
    """A department of a site, or, without a site, of the company."""

    id: Mapped[uuid_key]
    company_id: Mapped[UUID] = refers_to("company.id")
    site_id: Mapped[UUID | None] = refers_to("site.id")
    code: Mapped[short]  # "engineering", "security", "cleaning", "greening", "centre": the same at every site
    name: Mapped[title]
    name_en: Mapped[title]
