"""Reading the category tree."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from domain.errors import Invalid, NotFound
from domain.wording import N_
from extensions import db
from models import Category, Site, User


def tree(viewer: User) -> Sequence[Any]:
    """All categories of the viewer's company as plain rows, parents before children, in the order of their branch."""
    return db.session.execute(
        select(*Category.__table__.columns)
        .where(Category.company_id == viewer.company_id)
        .order_by(Category.depth, Category.position)
    ).all()


def of_site(category_id: UUID | None, site_id: UUID) -> Category | None:
    """The category, if it is one of the company that runs the site."""
    company = select(Site.company_id).where(Site.id == site_id).scalar_subquery()
    return db.session.scalar(select(Category).where(Category.id == category_id, Category.company_id == company))


def named(category_id: UUID | None, site_id: UUID) -> Category | None:
    """The same; None where none is named. Raises Invalid for a category of another company."""
    category = of_site(category_id, site_id) if category_id else None
    if category_id and category is None:
        raise Invalid("category_id", N_("There is no such category."))
    return category


def quick(company_id: UUID) -> Sequence[Category]:
    """The categories offered as one tap: emergencies first, then in the order of their trades."""
    trade = aliased(Category)
    return db.session.scalars(
        select(Category)
        .join(trade, trade.id == Category.trade_id)
        .where(Category.company_id == company_id, Category.is_quick)
        .order_by(Category.emergency_kind.is_(None), trade.position, trade.code, Category.position, Category.code)
    ).all()


def of_id(id: UUID, *, viewer: User) -> Category:
    """One category of the viewer's company. Raises NotFound."""
    row = db.session.scalar(select(Category).where(Category.id == id, Category.company_id == viewer.company_id))
    if row is None:
        raise NotFound()
    return row


def branches(viewer: User) -> list[Any]:
    """All categories of the viewer's company, every node followed by what is below it."""
    return in_branches(tree(viewer))


def in_branches(categories: Iterable[Any]) -> list[Any]:
    """These categories, every node followed by what is below it, otherwise in the order in which they came."""
    below: dict[UUID | None, list[Any]] = defaultdict(list)
    for category in categories:
        below[category.parent_id].append(category)

    def branch(parent_id: UUID | None) -> list[Any]:
        return [row for category in below[parent_id] for row in (category, *branch(category.id))]

    return branch(None)
