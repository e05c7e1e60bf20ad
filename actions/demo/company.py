"""The company, its two sites, their departments, and the category tree they share."""

from datetime import date
from types import SimpleNamespace
from uuid import uuid4

from actions.calendars import import_holidays
from actions.demo.sheets import rows
from actions.service_standards import add_defaults
from domain.kinds import Kind
from domain.service_classes import ServiceClass
from extensions import db
from models import Category, Company, Department, PropertyType, Site

SITES = (
    ("YH", "云湖花园", "Cloud Lake Garden", PropertyType.RESIDENTIAL, "0755-26880001"),
    ("KC", "科创园", "Innovation Park", PropertyType.OFFICE, "0755-26880002"),
)
SITE_DEPARTMENTS = (
    ("centre", "客服中心", "Service centre"),
    ("engineering", "工程部", "Engineering"),
    ("security", "秩序部", "Security"),
    ("cleaning", "保洁部", "Cleaning"),
    ("greening", "绿化部", "Greening"),
)
COMPANY_DEPARTMENTS = (("quality", "品质部", "Quality department"), ("works", "工程技术部", "Engineering and works"))


def add_company(estate: SimpleNamespace, today: date) -> None:
    """The company with its deadlines, the public holidays around today, sites, departments and categories."""
    estate.company = saved(Company(name="安居物业服务有限公司", name_en="Anju Property Services"))
    add_defaults(estate.company)
    for year in (today.year - 1, today.year, today.year + 1):
        import_holidays(estate.company, year)
    estate.sites = {site[0]: add_site(estate.company, *site) for site in SITES}
    estate.departments = {
        (site.code if site else "", code): saved(department(estate.company, site, code, name, name_en))
        for site, departments in [(None, COMPANY_DEPARTMENTS), *((s, SITE_DEPARTMENTS) for s in estate.sites.values())]
        for code, name, name_en in departments
    }
    add_categories(estate)


def add_site(company: Company, code: str, name: str, name_en: str, property_type: PropertyType, phone: str) -> Site:
    """One site of the company."""
    return saved(
        Site(
            company_id=company.id,
            code=code,
            name=name,
            name_en=name_en,
            property_type=property_type,
            centre_phone=phone,
        )
    )


def department(company: Company, site: Site | None, code: str, name: str, name_en: str) -> Department:
    """A department of a site, or of the company."""
    return Department(company_id=company.id, site_id=site.id if site else None, code=code, name=name, name_en=name_en)


def add_categories(estate: SimpleNamespace) -> None:
    """The tree as the sheet lists it, parents before children; a department holds for its whole branch."""
    branch: dict[int, Category] = {}
    estate.categories = {}
    for position, row in enumerate(rows("categories")):
        depth = int(row["depth"])
        parent = branch.get(depth - 1)
        id = uuid4()
        category = Category(
            id=id,
            company_id=estate.company.id,
            parent_id=parent.id if parent else None,
            trade_id=parent.trade_id if parent else id,
            depth=depth,
            position=position,
            code=row["code"],
            name=row["name"],
            name_en=row["name_en"],
            service_class=ServiceClass(row["service_class"]) if row["service_class"] else None,
            department_code=row["department"] or (parent.department_code if parent else None),
            emergency_kind=Kind(row["emergency_kind"]) if row["emergency_kind"] else None,
            is_quick=row["quick"] == "yes",
        )
        branch[depth] = estate.categories[category.code] = saved(category)


def saved(row):
    """The row, with its key, visible to what follows."""
    db.session.add(row)
    db.session.flush()
    return row
