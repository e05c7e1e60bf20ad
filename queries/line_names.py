"""The names of the lines of a breakdown that may have many of them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import select

from extensions import db
from models import Building, Category, Department
from queries.figure_scope import Scope

MODELS: Mapping[str, Any] = {"building": Building, "category": Category, "department": Department}
BY_ID = 500  # from here on it is quicker to read all of the sites


def of(by: str, keys: Collection[str], scope: Scope) -> Sequence[Any]:
    """Rows with .id .name .name_en: those with these keys, or all there are within the scope. One statement."""
    model = MODELS[by]
    asked = select(model.id, model.name, model.name_en)
    if model is Category:
        asked = asked.where(model.company_id == scope.viewer.company_id) if scope.viewer else asked
    else:
        asked = asked.where(model.site_id.in_([site.id for site in scope.sites]))
    if len(keys) < BY_ID:
        asked = asked.where(model.id.in_([UUID(key) for key in keys if key]))
    return db.session.execute(asked).all()
