"""One resident, or one unit, held while somebody changes it."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from domain.errors import NotFound
from extensions import db
from models import Resident, ServiceRequest, Site, Tenure, Unit, User
from queries import reach
from queries.residents import with_ties


def resident(id: UUID, *, viewer: User) -> Resident:
    """A resident with numbers, tenures and units, held until the commit. Raises NotFound."""
    return _held(with_ties(select(Resident).where(Resident.id == id, within(Resident, viewer))), Resident)


def unit(id: UUID, *, viewer: User) -> Unit:
    """A unit with its building, held until the commit. Raises NotFound."""
    return _held(select(Unit).where(Unit.id == id, within(Unit, viewer)).options(joinedload(Unit.building)), Unit)


def tenure(id: UUID, *, viewer: User) -> Tenure:
    """A resident's tie to a unit, with both. Raises NotFound."""
    asked = select(Tenure).where(Tenure.id == id, within(Tenure, viewer))
    row = db.session.scalar(asked.options(joinedload(Tenure.resident), joinedload(Tenure.unit)))
    if row is None:
        raise NotFound()
    return row


def site_of(row: Any) -> Site:
    """The site somebody or something belongs to."""
    return db.session.get_one(Site, row.site_id)


def requests_of(row: Resident | Unit) -> Sequence[ServiceRequest]:
    """Every request that is found by this resident or unit, with all that it is found by."""
    column = ServiceRequest.unit_id if isinstance(row, Unit) else ServiceRequest.resident_id
    return db.session.scalars(select(ServiceRequest).where(column == row.id)).all()


def within(model: Any, viewer: User) -> Any:
    """The condition that a row belongs to a site the viewer may look into."""
    return model.site_id.in_(reach.sites_of(viewer))


def _held(asked: Select[Any], model: Any) -> Any:
    row = db.session.scalars(asked.with_for_update(of=model).execution_options(populate_existing=True)).one_or_none()
    if row is None:
        raise NotFound()
    return row
