"""Reading colleagues and departments, for whoever gives orders."""

from uuid import UUID

from sqlalchemy import or_, select

from domain.permissions import GRANTS, Permission
from extensions import db
from models import Department, Site, User, UserRole

WORKING_ROLES = frozenset(role for role, granted in GRANTS.items() if Permission.WORK in granted)


def able_to_hold(user_id: UUID, site_id: UUID) -> User | None:
    """The colleague, if enabled, of this site, in a department, and of a role that does jobs."""
    return db.session.scalar(
        select(User).where(
            User.id == user_id,
            User.site_id == site_id,
            User.department_id.is_not(None),
            User.is_enabled,
            User.id.in_(select(UserRole.user_id).where(UserRole.role.in_(WORKING_ROLES))),
        )
    )


def department_at(department_id: UUID | None, site_id: UUID) -> Department | None:
    """The department, if it is one of this site, or one of the company that runs it."""
    company = select(Site.company_id).where(Site.id == site_id).scalar_subquery()
    return db.session.scalar(
        select(Department).where(
            Department.id == department_id,
            Department.company_id == company,
            or_(Department.site_id == site_id, Department.site_id.is_(None)),
        )
    )
