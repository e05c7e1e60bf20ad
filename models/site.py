from datetime import datetime
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from domain.days import DEFAULT_ZONE
from domain.labelled import Labelled
from domain.wording import N_
from extensions import db
from models.columns import Moment, refers_to, related, short, title, uuid_key
from models.company import Company


class PropertyType(Labelled):
    """What sort of estate a site is; nothing else assumes flats."""

    RESIDENTIAL = "residential", N_("Residential estate")
    OFFICE = "office", N_("Office park")
    INDUSTRIAL = "industrial", N_("Industrial park")
    COMMERCIAL = "commercial", N_("Shopping centre")


class Site(db.Model):
    """An estate with its own management office (管理处)."""

    id: Mapped[uuid_key]
    company_id: Mapped[UUID] = refers_to("company.id")
    code: Mapped[str] = mapped_column(String(8), unique=True)  # the first letters of every reference
    name: Mapped[title]
    name_en: Mapped[title]
    property_type: Mapped[PropertyType]
    zone: Mapped[short] = mapped_column(default=DEFAULT_ZONE)
    centre_phone: Mapped[short]
    clocks_stale_since: Mapped[datetime | None] = mapped_column(Moment)  # its hours changed: recount what is open

    company: Mapped[Company] = related()
