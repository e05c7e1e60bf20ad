"""Reading residents and units, within the sites a viewer may look into."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, tuple_
from sqlalchemy.orm import joinedload, selectinload

from domain.errors import NotFound
from domain.lifecycle import OPEN
from domain.unit_labels import is_label
from extensions import db
from models import Resident, ServiceRequest, Tenure, Unit, User
from queries import queue, reach
from queries.callers import lives_in, meaning
from queries.lenses import LENSES
from queries.queue import QueuePage
from queries.service_requests import visible_to

PAGE = 50
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class Directory:
    """One page of residents by name; `after` is the id of the last of them where more follow."""

    residents: Sequence[Resident]
    after: UUID | None


@dataclass(frozen=True)
class Count:
    """How many requests within reach: in the last 365 days, and open now."""

    in_a_year: int
    open: int


def directory(text: str, *, viewer: User, after: UUID | None = None) -> Directory:
    """The residents with this in their name, initials, numbers or room, for residents/directory.html."""
    asked = select(Resident).where(Resident.site_id.in_(reach.sites_of(viewer)))
    if text:
        meant = lives_in(None, text) if is_label(text) else meaning(text, reach.sites_of(viewer))
        if meant is None:
            return Directory([], None)
        asked = asked.where(meant)
    if after:
        name = select(Resident.name).where(Resident.id == after).scalar_subquery()
        asked = asked.where(tuple_(Resident.name, Resident.id) > tuple_(name, after))
    found = db.session.scalars(with_ties(asked).order_by(Resident.name, Resident.id).limit(PAGE + 1)).all()
    return Directory(found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None)


def of_id(id: UUID, *, viewer: User) -> Resident:
    """One resident with numbers, tenures and units, for residents/resident.html. Raises NotFound."""
    return one(with_ties(select(Resident).where(Resident.id == id, Resident.site_id.in_(reach.sites_of(viewer)))))


def unit_of_id(id: UUID, *, viewer: User) -> Unit:
    """One unit with its building, for residents/unit.html. Raises NotFound."""
    asked = select(Unit).where(Unit.id == id, Unit.site_id.in_(reach.sites_of(viewer)))
    return one(asked.options(joinedload(Unit.building)))


def tenures_of(unit: Unit) -> Sequence[Tenure]:
    """Everybody who is or was tied to the unit, the latest first, with their numbers."""
    return db.session.scalars(
        select(Tenure)
        .where(Tenure.unit_id == unit.id)
        .options(joinedload(Tenure.resident).selectinload(Resident.phones))
        .order_by(Tenure.ends_on.is_not(None), Tenure.starts_on.desc(), Tenure.id)
    ).all()


def requests_of(subject: Resident | Unit, *, viewer: User, now: datetime, **key: Any) -> QueuePage:
    """Every request of a resident or a unit that the viewer may see, newest first, as the queue prints them."""
    of_subject = {"unit" if isinstance(subject, Unit) else "resident": subject.id}
    return queue.page(viewer, LENSES["all"], of_subject, now=now, **key)


def count_of(subject: Resident | Unit, *, viewer: User, now: datetime) -> Count:
    """The line above that list."""
    in_a_year = func.count().filter(ServiceRequest.registered_at > now - YEAR)
    is_open = func.count().filter(ServiceRequest.status.in_(OPEN))
    asked = visible_to(viewer).where(belongs_to(subject)).with_only_columns(in_a_year, is_open)
    return Count(*db.session.execute(asked).one())


def belongs_to(subject: Resident | Unit) -> ColumnElement[bool]:
    """The condition that a request is this resident's, or this unit's."""
    if isinstance(subject, Unit):
        return ServiceRequest.unit_id == subject.id
    return ServiceRequest.resident_id == subject.id


def with_ties(asked: Any) -> Any:
    """Numbers, tenures and their units."""
    return asked.options(
        selectinload(Resident.phones),
        selectinload(Resident.tenures).joinedload(Tenure.unit).joinedload(Unit.building),
    )


def one(asked: Any) -> Any:
    """The row. Raises NotFound."""
    row = db.session.scalars(asked).one_or_none()
    if row is None:
        raise NotFound()
    return row
