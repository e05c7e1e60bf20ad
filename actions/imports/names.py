"""What imported cases refer to by name: categories, departments and buildings, made when they are first met."""

import hashlib
from collections.abc import Iterable
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import select

from extensions import db
from models import Building, Category, Department, Site

BRANCH = "imported"
BRANCH_NAME, BRANCH_NAME_EN = "导入", "Imported"


def names_of(site: Site) -> SimpleNamespace:
    """The categories of the imported branch and the departments of the site, by code: few, and kept in memory."""
    categories = select(Category.code, Category.id).where(
        Category.company_id == site.company_id, Category.code.startswith(BRANCH)
    )
    departments = select(Department.code, Department.id).where(Department.site_id == site.id)
    names = SimpleNamespace(
        site=site,
        categories=dict(db.session.execute(categories).all()),
        departments=dict(db.session.execute(departments).all()),
    )
    if BRANCH not in names.categories:
        add_category(names, BRANCH, BRANCH_NAME, BRANCH_NAME_EN)
    return names


def category_id(names: SimpleNamespace, name: str) -> UUID:
    """The category of this name under the imported branch."""
    code = f"{BRANCH}-{hashlib.sha256(name.lower().encode()).hexdigest()[:16]}"
    return names.categories.get(code) or add_category(names, code, name, name)


def trade_id(names: SimpleNamespace) -> UUID:
    """The imported branch itself."""
    return names.categories[BRANCH]


def add_category(names: SimpleNamespace, code: str, name: str, name_en: str) -> UUID:
    """One more category: the branch, or a leaf of it."""
    id, branch = uuid4(), names.categories.get(BRANCH)
    db.session.add(
        Category(
            id=id, company_id=names.site.company_id, parent_id=branch, trade_id=branch or id, depth=2 if branch else 1,
            position=10_000 + len(names.categories), code=code, name=name, name_en=name_en,
        )
    )  # fmt: skip
    db.session.flush()
    names.categories[code] = id
    return id


def department_id(names: SimpleNamespace, name: str) -> UUID:
    """The department the other system named; one for all cases that name none."""
    code = f"{BRANCH}-{name.lower()}" if name else BRANCH
    if code not in names.departments:
        department = Department(
            id=uuid4(), company_id=names.site.company_id, site_id=names.site.id, code=code,
            name=name or BRANCH_NAME, name_en=name or BRANCH_NAME_EN,
        )  # fmt: skip
        db.session.add(department)
        db.session.flush()
        names.departments[code] = department.id
    return names.departments[code]


def building_ids(site: Site, codes: Iterable[str]) -> dict[str, UUID]:
    """The buildings with these codes; a building that is not there yet is made, without units."""
    wanted = {code for code in codes if code}
    asked = select(Building.code, Building.id).where(Building.site_id == site.id, Building.code.in_(wanted))
    known = dict(db.session.execute(asked).all())
    made: list[dict[str, Any]] = [
        {"id": uuid4(), "site_id": site.id, "code": code, "name": code, "name_en": code, "position": 10_000}
        for code in sorted(wanted - known.keys())
    ]
    if made:
        db.session.execute(db.insert(Building.__table__), made)
    for row in made:
        known[str(row["code"])] = row["id"]
    return known
