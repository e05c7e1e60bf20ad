"""What can be chosen in the filters of the queue, in one statement."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, Select, Uuid, cast, literal, null, select, union_all

from extensions import db
from models import Building, Category, Department, Site, User, UserRole
from queries import reach
from queries.colleagues import WORKING_ROLES

Choices = Mapping[str, Sequence[Any]]
"""By field: rows with .id .name .name_en .site_id .parent_id .depth"""

NO_ID = cast(null(), Uuid)


def for_viewer(viewer: User) -> Choices:
    """Sites, buildings, categories (a branch before its leaves), departments and holders within reach, by field."""
    here = reach.sites_of(viewer)
    found: dict[str, list[Any]] = defaultdict(list)
    rows = db.session.execute(
        union_all(
            _named("site", Site, Site.code).where(reach.of_sites(viewer)),
            _named("building", Building, Building.code, Building.position).where(Building.site_id.in_(here)),
            _named("category", Category, Category.code, Category.position).where(
                Category.company_id == viewer.company_id
            ),
            _named("department", Department, Department.code).where(Department.site_id.in_(here)),
            _named("holder", User, User.name).where(
                User.site_id.in_(here),
                User.is_enabled,
                User.id.in_(select(UserRole.user_id).where(UserRole.role.in_(WORKING_ROLES))),
            ),
        ).order_by("position", "code")
    )
    for row in rows:
        found[row.field].append(row)
    return found | {"category": in_tree_order(found["category"])}


def _named(field: str, model: Any, code: Any, position: Any = None) -> Select[Any]:
    """Rows of one table, in the shape all of them share."""
    is_category = model is Category
    return select(
        literal(field).label("field"),
        model.id.label("id"),
        model.name.label("name"),
        (model.name if model is User else model.name_en).label("name_en"),
        (model.id if model is Site else NO_ID if is_category else model.site_id).label("site_id"),
        (model.parent_id if is_category else NO_ID).label("parent_id"),
        (model.depth if is_category else literal(1)).label("depth"),
        (literal(0) if position is None else position).label("position"),
        code.label("code"),
    )


def in_tree_order(categories: Sequence[Row[Any]]) -> list[Row[Any]]:
    """Every branch followed by its leaves."""
    below: dict[Any, list[Row[Any]]] = defaultdict(list)
    for category in categories:
        below[category.parent_id].append(category)

    def branch(parent_id: Any) -> list[Row[Any]]:
        return [row for category in below[parent_id] for row in (category, *branch(category.id))]

    return branch(None)
