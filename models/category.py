from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from domain.kinds import Kind
from domain.service_classes import ServiceClass
from extensions import db
from models.columns import refers_to, short, title, uuid_key


class Category(db.Model):
    """One node of a company's three-level category tree: trade, group, fault."""

    __table_args__ = (UniqueConstraint("company_id", "code"),)

    id: Mapped[uuid_key]
    company_id: Mapped[UUID] = refers_to("company.id", index=False)
    parent_id: Mapped[UUID | None] = refers_to("category.id")
    trade_id: Mapped[UUID] = refers_to("category.id")  # the top of its branch: what colleagues are qualified for
    depth: Mapped[int]  # 1 trade, 2 group, 3 fault
    position: Mapped[int] = mapped_column(default=0)
    code: Mapped[short]
    name: Mapped[title]
    name_en: Mapped[title]
    service_class: Mapped[ServiceClass | None]  # None: the kind decides
    department_code: Mapped[short | None]  # who usually does it
    emergency_kind: Mapped[Kind | None]  # offered as a one-tap emergency, registered as this kind
    is_quick: Mapped[bool] = mapped_column(default=False)  # offered to guards as one tap
