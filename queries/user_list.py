"""The colleagues of a company, for its administrators."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select
from sqlalchemy.orm import joinedload, selectinload

from domain.accounts import AccountStatus
from domain.errors import NotFound
from domain.lifecycle import OPEN_JOB
from domain.permissions import Role
from extensions import db
from models import Job, User, UserRole

PAGE = 50


@dataclass(frozen=True)
class UserPage:
    """One page of colleagues by user name; `before` and `after` are the names the pages around it begin beyond."""

    users: Sequence[User]
    before: str | None
    after: str | None


def visible_to(viewer: User) -> Select[User]:
    """The colleagues an administrator looks after: those of the same company."""
    return select(User).where(User.company_id == viewer.company_id)


def page(
    viewer: User, filters: Mapping[str, str], *, now: datetime, before: str | None = None, after: str | None = None
) -> UserPage:
    """One page for administration/users.html. Two statements."""
    asked = visible_to(viewer).where(*conditions(filters, now))
    asked = asked.options(joinedload(User.site), joinedload(User.department), selectinload(User.role_rows))
    if before is not None:
        asked = asked.where(User.username < before).order_by(User.username.desc())
    else:
        asked = asked.where(User.username > (after or "")).order_by(User.username)
    found = list(db.session.scalars(asked.limit(PAGE + 1)))
    is_more, found = len(found) > PAGE, found[:PAGE]
    if before is not None:
        found.reverse()
    has_before, has_after = (is_more, bool(found)) if before is not None else (bool(after and found), is_more)
    return UserPage(found, found[0].username if has_before else None, found[-1].username if has_after else None)


def conditions(filters: Mapping[str, str], now: datetime) -> list[ColumnElement[bool]]:
    """The conditions of the filters that are set: text, role, site ("company" for none), status."""
    return [CONDITIONS[name](value, now) for name, value in filters.items() if value]


def named_like(text: str, _now: datetime) -> ColumnElement[bool]:
    """Name, user name, e-mail or any part of the telephone number."""
    columns = (User.name, User.username, User.email, User.phone)
    return or_(*(column.icontains(text, autoescape=True) for column in columns))


def holding(role: str, _now: datetime) -> ColumnElement[bool]:
    """Holds this role, perhaps among others."""
    return User.id.in_(select(UserRole.user_id).where(UserRole.role == Role(role)))


def at_site(site: str, _now: datetime) -> ColumnElement[bool]:
    """Works at this site; "company": at none."""
    return User.site_id.is_(None) if site == "company" else User.site_id == UUID(site)


def in_status(status: str, now: datetime) -> ColumnElement[bool]:
    """domain.accounts.status_of, as a condition."""
    return status_column(now) == AccountStatus(status).value


def status_column(now: datetime) -> ColumnElement[str]:
    """domain.accounts.status_of, as a column."""
    return case(
        (User.is_enabled.is_(False), AccountStatus.DISABLED.value),
        (and_(User.locked_until.is_not(None), User.locked_until > now), AccountStatus.LOCKED.value),
        (User.password_hash.is_(None), AccountStatus.INVITED.value),
        else_=AccountStatus.READY.value,
    )


CONDITIONS = {"text": named_like, "role": holding, "site": at_site, "status": in_status}


def counts(viewer: User, *, now: datetime) -> dict[AccountStatus, int]:
    """How many colleagues there are in each status."""
    status = status_column(now).label("status")
    rows = db.session.execute(visible_to(viewer).with_only_columns(status, func.count()).group_by(status))
    return {AccountStatus(value): number for value, number in rows}


def of_id(id: UUID, *, viewer: User) -> User:
    """One colleague with all administration/user.html prints. Raises NotFound."""
    asked = visible_to(viewer).where(User.id == id)
    parts = (joinedload(User.site), joinedload(User.department), joinedload(User.role_rows))
    found = db.session.scalars(
        asked.options(*parts, joinedload(User.qualifications)).execution_options(populate_existing=True)
    )
    user = found.unique().one_or_none()
    if user is None:
        raise NotFound()
    return user


def open_jobs_of(user: User) -> int:
    """How many open jobs wait in this colleague's hands."""
    return db.session.scalar(select(func.count()).where(Job.holder_id == user.id, Job.status.in_(OPEN_JOB))) or 0


def count_by_department(viewer: User) -> dict[UUID | None, int]:
    """How many enabled colleagues work in each department; None: in no department."""
    asked = visible_to(viewer).where(User.is_enabled).group_by(User.department_id)
    counted = asked.with_only_columns(User.department_id, func.count())
    return {row[0]: row[1] for row in db.session.execute(counted)}


def everybody() -> Sequence[User]:
    """Every account by user name, for the command line."""
    asked = select(User).options(joinedload(User.site), selectinload(User.role_rows)).order_by(User.username)
    return db.session.scalars(asked).all()
