"""Reading service standards: what was promised, and since when."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from domain.errors import NotFound
from domain.service_classes import ServiceClass
from domain.standards import Allowance, Clock, Standard
from extensions import db
from models import Category, ServiceRequest, ServiceStandard, Site, User
from models.columns import Moment


@dataclass(frozen=True)
class Scope:
    """What a standard is set for: the company, one of its sites, one category, or one category at one site."""

    site_id: Any = None  # a UUID, or in a statement put together beforehand the place for one
    category_id: Any = None


_known: dict[UUID, Standard] = {}  # a standard is never edited, so what was read once stays true in every process


def in_force(service_request: ServiceRequest, *, at: datetime) -> Any:
    """The standard of the request's service class at a moment: its category's before its site's before the company's.
    A row of `id` and `follow_up_share`.

    Every company is given the defaults for all classes, so there always is one.
    """
    asked = {name: getattr(service_request, name) for name in ("site_id", "category_id", "service_class")}
    return db.session.execute(_in_force(), asked | {"at": at}).one()


@cache
def _in_force() -> Select[Any]:
    """The statement of every registration, put together once."""
    site_id, category_id = bindparam("site_id", type_=Uuid), bindparam("category_id", type_=Uuid)
    company = select(Site.company_id).where(Site.id == site_id).scalar_subquery()
    applying = _applying(company, Scope(site_id, category_id), bindparam("at", type_=Moment))
    of_class = applying.where(ServiceStandard.service_class == bindparam("service_class"))
    columns: Any = (ServiceStandard.id, ServiceStandard.follow_up_share)
    return of_class.with_only_columns(*columns).limit(1)


def _applying(company_id: Any, scope: Scope, at: Any) -> Select[ServiceStandard]:
    """What holds in a scope at a moment, the narrowest first, of those the latest.

    What is set for a trade or a group holds for the whole branch below it.
    """
    own = select(Category).where(Category.id == scope.category_id)
    above = [own.with_only_columns(column).scalar_subquery() for column in (Category.parent_id, Category.trade_id)]
    return (
        select(ServiceStandard)
        .outerjoin(Category, Category.id == ServiceStandard.category_id)
        .where(
            ServiceStandard.company_id == company_id,
            ServiceStandard.valid_from <= at,
            ServiceStandard.withdrawn_at.is_(None),
            or_(ServiceStandard.site_id.is_(None), ServiceStandard.site_id == scope.site_id),
            or_(ServiceStandard.category_id.is_(None), ServiceStandard.category_id.in_([scope.category_id, *above])),
        )
        .order_by(
            func.coalesce(Category.depth, 0).desc(),
            ServiceStandard.site_id.is_(None),
            ServiceStandard.valid_from.desc(),
        )
    )


def of_ids(ids: Iterable[UUID]) -> dict[UUID, Standard]:
    """The allowances of these standards, by id."""
    wanted = set(ids)
    if missing := wanted - _known.keys():
        rows = db.session.execute(
            select(ServiceStandard.id, ServiceStandard.allowances).where(ServiceStandard.id.in_(missing))
        )
        _known.update({id: standard_of(allowances) for id, allowances in rows})
    return {id: _known[id] for id in wanted}


def standard_of(allowances: dict[str, dict[str, Any]]) -> Standard:
    """The allowances as stored: by clock, `{"minutes": 30, "round_the_clock": false, "warn_percent": 70}`."""
    return {Clock(name): Allowance(**allowance) for name, allowance in allowances.items()}


def in_scope(viewer: User, scope: Scope, *, at: datetime) -> dict[ServiceClass, ServiceStandard]:
    """What each class is promised here at a moment; a row of a wider scope where this one has none of its own."""
    rows = db.session.scalars(_applying(viewer.company_id, scope, at)).all()
    return {row.service_class: row for row in reversed(rows)}  # the last one wins: the narrowest, and the latest


def of_scope(viewer: User, scope: Scope, service_class: ServiceClass, *, at: datetime) -> ServiceStandard | None:
    """The same for one class."""
    return in_scope(viewer, scope, at=at).get(service_class)


def history(viewer: User, scope: Scope, service_class: ServiceClass) -> Sequence[ServiceStandard]:
    """Every standard ever set for exactly this, the latest first."""
    return db.session.scalars(
        select(ServiceStandard)
        .where(
            ServiceStandard.company_id == viewer.company_id,
            ServiceStandard.service_class == service_class,
            ServiceStandard.site_id == scope.site_id,
            ServiceStandard.category_id == scope.category_id,
        )
        .order_by(ServiceStandard.valid_from.desc())
        .limit(50)
    ).all()


def of_id(id: UUID, *, viewer: User) -> ServiceStandard:
    """One standard of the viewer's company. Raises NotFound."""
    row = db.session.scalar(
        select(ServiceStandard)
        .where(ServiceStandard.id == id, ServiceStandard.company_id == viewer.company_id)
        .options(joinedload(ServiceStandard.site), joinedload(ServiceStandard.category))
    )
    if row is None:
        raise NotFound()
    return row
