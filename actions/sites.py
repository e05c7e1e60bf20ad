"""Writing sites."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import select

from actions.service_standards import add_defaults
from actions.unit_of_work import unit_of_work
from domain.errors import Invalid
from domain.wording import N_
from extensions import db
from models import Company, PropertyType, Site

LONGEST_CODE = 8
PROPERTY_TYPES = tuple(str(property_type.value) for property_type in PropertyType)


def add_site(code: str, name: str, *, property_type: str, zone: str, company_name: str | None = None) -> Site:
    """A new site of the named company, which is made, with the default deadlines, if there is none of that name.

    Without a name it is the only company there is. `zone` is an IANA name like Asia/Shanghai. Raises Invalid.
    """
    if not (code.isascii() and code.isalnum() and len(code) <= LONGEST_CODE):
        raise Invalid("code", N_("A site code is made of at most eight letters and digits."))
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise Invalid("zone", N_("There is no time zone called %(zone)s."), zone=zone) from error
    with unit_of_work():
        if db.session.scalar(select(Site.id).where(Site.code == code)):
            raise Invalid("code", N_("There is a site with the code %(code)s already."), code=code)
        company = named_company(company_name)
        site = Site(
            company_id=company.id,
            code=code,
            name=name,
            name_en=name,
            property_type=PropertyType(property_type),
            zone=zone,
            centre_phone="",
        )
        db.session.add(site)
    return site


def named_company(name: str | None) -> Company:
    """The company of this name, made if it is new; without a name the only one. Raises Invalid."""
    companies = db.session.scalars(select(Company).where(Company.name == name) if name else select(Company)).all()
    if name and not companies:
        company = Company(name=name, name_en=name)
        db.session.add(company)
        db.session.flush()
        add_defaults(company)
        return company
    if len(companies) != 1:
        raise Invalid("company", N_("Name the company the site belongs to."))
    return companies[0]
