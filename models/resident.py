from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from domain.homes import TenureKind
from extensions import db
from models.columns import prose, refers_to, related, short, title, uuid_key
from models.unit import Unit


class Resident(db.Model):
    """A person or a company that owns, rents or uses units of a site."""

    id: Mapped[uuid_key]
    site_id: Mapped[UUID] = refers_to("site.id")
    name: Mapped[title] = mapped_column(index=True)
    initials: Mapped[short] = mapped_column(default="", index=True)  # pinyin initials, written on saving
    is_company: Mapped[bool] = mapped_column(default=False)
    note: Mapped[prose] = mapped_column(default="")

    phones: Mapped[list["ResidentPhone"]] = related(order_by="ResidentPhone.position", back_populates="resident")
    tenures: Mapped[list["Tenure"]] = related(order_by="Tenure.starts_on", back_populates="resident")


def backwards(context: Any) -> str:
    """The number of the row that is being written from its end, without an extension."""
    return context.get_current_parameters()["number"].partition(";")[0][::-1]


class ResidentPhone(db.Model):
    """One of a resident's numbers, in the one form in which it can be found: E.164."""

    __table_args__ = (
        Index("ix_resident_phone_site_id_number", "site_id", "number"),
        Index("ix_resident_phone_site_id_backwards", "site_id", "backwards"),
    )

    id: Mapped[uuid_key]
    site_id: Mapped[UUID] = mapped_column(db.ForeignKey("site.id"))
    resident_id: Mapped[UUID] = refers_to("resident.id")
    number: Mapped[short]  # "+8613812345678"
    backwards: Mapped[short] = mapped_column(default=backwards)  # "0008310083168+": found by its last digits
    position: Mapped[int] = mapped_column(default=0)  # 0 is the one to call first

    resident: Mapped[Resident] = related(back_populates="phones")


class Tenure(db.Model):
    """A resident's tie to a unit, from one day to another; history survives moving out."""

    id: Mapped[uuid_key]
    site_id: Mapped[UUID] = refers_to("site.id")
    resident_id: Mapped[UUID] = refers_to("resident.id")
    unit_id: Mapped[UUID] = refers_to("unit.id")
    kind: Mapped[TenureKind]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]

    resident: Mapped[Resident] = related(back_populates="tenures")
    unit: Mapped[Unit] = related()
