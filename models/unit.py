from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.homes import UnitUse
from extensions import db
from models.building import Building
from models.columns import refers_to, related, short, uuid_key


class Unit(db.Model):
    """A unit (房号): a flat, an office, a shop. Found by its label, typed as 3-2-501."""

    __table_args__ = (UniqueConstraint("site_id", "label"),)

    id: Mapped[uuid_key]
    site_id: Mapped[UUID] = refers_to("site.id", index=False)
    building_id: Mapped[UUID] = refers_to("building.id")
    entrance: Mapped[short] = mapped_column(default="")  # 单元; an office tower has none
    floor: Mapped[int]
    number: Mapped[short]  # "501"
    label: Mapped[short]  # "3-2-501", or "A-1203" where there is no entrance
    use: Mapped[UnitUse] = mapped_column(default=UnitUse.FLAT)

    building: Mapped[Building] = related()
