"""What can be chosen in the filters of the queue and of the figures, in one statement."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Uuid, and_, cast, func, literal, null, select, union_all

from extensions import db
from models import Building, Category, Department, Site, User, UserRole
from queries import reach
from queries.categories import in_branches
from queries.colleagues import WORKING_ROLES
from queries.reach import STATEMENTS, Standing, standing_of

Choices = Mapping[str, Sequence[Any]]
"""By field: rows with .id .name .name_en .site_id .parent_id .depth"""

FIELDS = ("site", "building", "category", "department", "holder")
MODELS = {"building": Building, "department": Department, "holder": User}  # what belongs to one site
NO_ID = cast(null(), Uuid)
IS_WORKING = and_(User.is_enabled, User.id.in_(select(UserRole.user_id).where(UserRole.role.in_(WORKING_ROLES))))
MOST = 300  # rows of one list: where a site has more, nobody finds one in it, and a page grows to megabytes


def for_viewer(
    viewer: User, site_id: UUID | None = None, chosen: Collection[UUID] = (), fields: Collection[str] = FIELDS
) -> Choices:
    """Sites, categories (a branch before its leaves), buildings, departments and holders within reach, by field.

    The last three are those of one site, the chosen one or the only one in reach; the `chosen` ones are always among
    them. Where there are more than MOST, MOST + 1 are read: the form then offers none but the chosen. Only these
    `fields` are read.
    """
    found: dict[str, list[Any]] = defaultdict(list)
    for row in db.session.execute(_asked(standing_of(viewer), site_id, tuple(chosen), tuple(fields))):
        found[row.field].append(row)
    return dict.fromkeys(FIELDS, ()) | found | {"category": in_branches(found["category"])}


@lru_cache(STATEMENTS)
def _asked(viewer: Standing, site_id: UUID | None, chosen: tuple[UUID, ...], fields: tuple[str, ...]) -> Any:
    here = _here(viewer, site_id)
    rows = {
        "site": _named("site", Site, Site.code).where(reach.of_sites(viewer)),
        "building": _named("building", Building, Building.code, Building.position),
        "category": _named("category", Category, Category.code, Category.position).where(
            Category.company_id == viewer.company_id
        ),
        "department": _named("department", Department, Department.code),
        "holder": _named("holder", User, User.name).where(IS_WORKING),
    }
    parts: list[Any] = []
    for field in fields:
        of_site = MODELS.get(field)
        parts += _at_most(rows[field], of_site, here, viewer, chosen) if of_site else [rows[field]]
    return union_all(*parts).order_by("position", "code")


def _at_most(rows: Select[Any], model: Any, here: Select[Any], viewer: Standing, chosen: Collection[UUID]) -> list[Any]:
    """The first rows of the site, and apart from them the chosen ones."""
    some = rows.where(model.site_id.in_(here), model.id.not_in(chosen)).limit(MOST + 1)
    picked = rows.where(model.id.in_(chosen), model.site_id.in_(reach.sites_of(viewer))) if chosen else None
    return [select(some.subquery()), *([] if picked is None else [picked])]


def _here(viewer: Standing, site_id: UUID | None) -> Select[Any]:
    """The chosen site, or the only one in reach."""
    within = reach.of_sites(viewer)
    only = select(func.count()).select_from(Site).where(within).scalar_subquery() == 1
    wanted: Any = only if site_id is None else Site.id == site_id
    return select(Site.id).where(within, wanted)


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
