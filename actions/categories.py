"""Growing and pruning the category tree."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import func, select

from actions.administration import note
from actions.overwriting import hold_as_seen
from actions.places import changed
from actions.unit_of_work import unit_of_work
from domain.errors import Invalid
from domain.wording import N_
from extensions import db
from models import Category, User
from queries import categories

DEEPEST = 3


def add(parent_id: UUID | None, details: Mapping[str, Any], *, by: User) -> Category:
    """A new node: a trade, or a group or fault below its parent. Raises Invalid, NotFound.

    `details`: code, name, name_en, service_class, department_code, emergency_kind, is_quick.
    """
    with unit_of_work():
        parent = categories.of_id(parent_id, viewer=by) if parent_id else None
        if parent and parent.depth == DEEPEST:
            raise Invalid("name", N_("The tree has three levels."))
        refuse_taken(details["code"], by.company_id)
        row = Category(id=uuid4(), company_id=by.company_id, parent_id=parent_id, **details)
        row.depth, row.trade_id = (parent.depth + 1, parent.trade_id) if parent else (1, row.id)
        row.position = 1 + (db.session.scalar(select(func.max(Category.position)).where(beside(row))) or 0)
        db.session.add(row)
        note("category_added", by=by, company_id=by.company_id, subject=row.name, subject_id=row.id)
    return row


def edit(id: UUID, details: Mapping[str, Any], *, by: User, seen: str | None = None) -> Category:
    """Rename a node or change what it stands for; new requests read it so. Raises NotFound, ChangedMeanwhile."""
    with unit_of_work():
        row = categories.of_id(id, viewer=by)
        hold_as_seen(row, seen)
        changes = changed(row, details)
        if changes:
            note("category_edited", by=by, company_id=by.company_id, subject=row.name, subject_id=id, changes=changes)
    return row


def beside(row: Category) -> Any:
    """The condition of having the same parent."""
    return (Category.company_id == row.company_id) & (Category.parent_id == row.parent_id)


def refuse_taken(code: str, company_id: UUID) -> None:
    """Raises Invalid for a code the company uses already."""
    if db.session.scalar(select(Category.id).where(Category.company_id == company_id, Category.code == code)):
        raise Invalid("code", N_("Somebody else has this already."))
