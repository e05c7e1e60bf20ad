from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extensions import db
from models.columns import refers_to, short, title, uuid_key


class Building(db.Model):
    """One building (楼栋) of a site."""

    __table_args__ = (UniqueConstraint("site_id", "code"),)

    id: Mapped[uuid_key]
    site_id: Mapped[UUID] = refers_to("site.id", index=False)
    code: Mapped[short]  # what is typed before the first dash: "3" in 3-2-501
    name: Mapped[title]
    name_en: Mapped[title]
    position: Mapped[int] = mapped_column(default=0)
