from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Integer
from sqlalchemy.orm import Mapped, mapped_column

from domain.measures import MEASURES
from extensions import db
from models.columns import Moment, facts, short


class DailyFigure(db.Model):
    """What was counted of the requests registered at a site on one local day: in all, or in one line of a breakdown.

    There is one column for each measure of domain/measures.py, under its name. An index and not a fact:
    actions/figures.py counts it anew from the rows themselves.
    """

    site_id: Mapped[UUID] = mapped_column(db.ForeignKey("site.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    by: Mapped[short] = mapped_column(primary_key=True)  # "all", "kind", "building", …
    key: Mapped[short] = mapped_column(primary_key=True)  # which line; empty for what has none
    lengths: Mapped[facts]  # of "all": by clock, how many finished steps took about how long


for _name in MEASURES:
    setattr(DailyFigure, _name, mapped_column(_name, Integer, nullable=True))


class FigureDay(db.Model):
    """How long the figures of a local day hold: until a running clock passes its deadline, or something happens.

    `true_until` is empty when something happened to a request of the day after its figures were counted. A day that is
    not here, or no longer true, is counted live.
    """

    site_id: Mapped[UUID] = mapped_column(db.ForeignKey("site.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    true_until: Mapped[datetime | None] = mapped_column(Moment, index=True)
