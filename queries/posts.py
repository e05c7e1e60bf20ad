"""The places colleagues work at: the company, a site, or a department of either; and the trades they may know."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from domain.errors import Invalid
from domain.wording import N_
from extensions import db
from models import Category, Company, Department, Site

COMPANY = "company"


@dataclass(frozen=True)
class Post:
    """One place. `name` is what a form sends: "company", "site-<id>" or "department-<id>"."""

    name: str
    site: Site | None = None
    department: Department | None = None

    @property
    def site_id(self) -> UUID | None:
        return self.site.id if self.site else None

    @property
    def department_id(self) -> UUID | None:
        return self.department.id if self.department else None


def of_company(company_id: UUID) -> list[Post]:
    """All posts: the company with its departments first, then site by site. Two statements."""
    sites = db.session.scalars(select(Site).where(Site.company_id == company_id).order_by(Site.code)).all()
    departments = db.session.scalars(
        select(Department).where(Department.company_id == company_id).order_by(Department.name, Department.id)
    ).all()
    found = []
    for site in (None, *sites):
        id = site.id if site else None
        found.append(Post(f"site-{id}" if site else COMPANY, site))
        found += [Post(f"department-{one.id}", site, one) for one in departments if one.site_id == id]
    return found


def of_name(name: str, company_id: UUID) -> Post:
    """The post a form named. Raises Invalid for one the company does not have."""
    post = next((post for post in of_company(company_id) if post.name == name), None)
    if post is None:
        raise Invalid("post", N_("There is no such site or department."))
    return post


def name_of(site_id: UUID | None, department_id: UUID | None) -> str:
    """What a form sends for a colleague who works here."""
    return f"department-{department_id}" if department_id else f"site-{site_id}" if site_id else COMPANY


def all_trades(company_id: UUID) -> Sequence[Category]:
    """The trades (top-level categories) colleagues can be qualified for."""
    asked = select(Category).where(Category.company_id == company_id, Category.depth == 1)
    return db.session.scalars(asked.order_by(Category.position, Category.code)).all()


def trades(ids: Iterable[str], company_id: UUID) -> set[UUID]:
    """The ids of those trades that are the company's."""
    wanted = {UUID(id) for id in ids}
    return {trade.id for trade in all_trades(company_id) if trade.id in wanted}


def of_codes(site_code: str | None, department_code: str | None) -> tuple[UUID, str]:
    """The company and the name of the post these codes stand for, as the command line gives them. Raises Invalid."""
    asked = select(Site).where(Site.code == site_code) if site_code else None
    site = db.session.scalar(asked) if asked is not None else None
    companies = [site.company_id] if site else list(db.session.scalars(select(Company.id).limit(2)))
    if (site_code and site is None) or len(companies) != 1:
        raise Invalid("post", N_("There is no such site or department."))
    for post in of_company(companies[0]):
        code = post.department.code if post.department else None
        if post.site_id == (site.id if site else None) and code == department_code:
            return companies[0], post.name
    raise Invalid("post", N_("There is no such site or department."))
