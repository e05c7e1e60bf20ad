"""Who does what at the demo estate."""

from types import SimpleNamespace

from domain.permissions import Role
from models import Site, User


def at_site(estate: SimpleNamespace, site: Site, *roles: Role) -> list[User]:
    """The colleagues of a site with one of these roles."""
    return [user for user in estate.people.values() if user.site_id == site.id and user.roles & set(roles)]


def agent_of(estate: SimpleNamespace, site: Site) -> User:
    """Whoever picks up the telephone."""
    return estate.draw.choice(at_site(estate, site, Role.AGENT))


def director_of(estate: SimpleNamespace, site: Site) -> User:
    """The customer director."""
    return at_site(estate, site, Role.DIRECTOR)[0]


def wardens_of(estate: SimpleNamespace, site: Site) -> list[User]:
    """Those who walk about and are spoken to: guards, and now and then a technician."""
    return at_site(estate, site, Role.GUARD) * 3 + at_site(estate, site, Role.TECHNICIAN)


def head_of(estate: SimpleNamespace, colleague: User) -> User:
    """The head of the colleague's department."""
    return next(
        user
        for user in estate.people.values()
        if user.department_id == colleague.department_id and Role.HEAD in user.roles
    )


def somebody_for(estate: SimpleNamespace, call: SimpleNamespace) -> User:
    """A colleague of the department that does such work, else one qualified for it; the head only when alone."""
    workers = at_site(estate, call.site, Role.TECHNICIAN, Role.GUARD)
    department = estate.departments.get((call.site.code, call.category.department_code))
    usual = [user for user in workers if department and user.department_id == department.id]
    qualified = [user for user in workers if user.is_qualified_for(call.category.trade_id)]
    both = [user for user in usual if user in qualified]
    able = both or usual or qualified
    return estate.draw.choice([user for user in able if Role.HEAD not in user.roles] or able)
