"""Who could do a job, with what a dispatcher wants to know of each; and what a request could be merged into."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from uuid import UUID

from sqlalchemy import Row, and_, func, or_, select
from sqlalchemy.orm import aliased, joinedload

from domain.lifecycle import OPEN, OPEN_JOB
from extensions import db
from models import Category, Department, Job, Qualification, ServiceRequest, User, UserRole
from queries import service_requests
from queries.colleagues import WORKING_ROLES

OFFERED = 8  # survivors to pick from; beyond them the number is typed


@dataclass(frozen=True)
class Colleague:
    """A colleague who may hold the job. `is_qualified` is None while the request has no category."""

    user: User
    is_qualified: bool | None
    open_jobs: int

    @property
    def rank(self) -> tuple:
        """On duty before off duty, qualified before others, free hands before full ones."""
        return (not self.user.on_duty, not self.is_qualified, self.open_jobs, self.user.name)


@dataclass(frozen=True)
class Branch:
    """A department with its colleagues, best placed first. `waiting` is how many of its jobs nobody holds yet."""

    department: Department
    is_usual: bool
    waiting: int
    colleagues: list[Colleague] = field(default_factory=list)


def for_dispatch(service_request: ServiceRequest) -> list[Branch]:
    """The departments of the request's site that do jobs, the category's usual one first. One statement."""
    trade = service_request.category.trade_id if service_request.category else None
    rows = db.session.execute(
        select(
            Department,
            User,
            select(func.count()).where(Job.holder_id == User.id, Job.status.in_(OPEN_JOB)).scalar_subquery(),
            select(func.count())
            .where(Job.department_id == Department.id, Job.holder_id.is_(None), Job.status.in_(OPEN_JOB))
            .scalar_subquery(),
            Qualification.user_id.is_not(None),
            usual_department_of(service_request),
        )
        .select_from(Department)
        .outerjoin(User, and_(User.department_id == Department.id, User.is_enabled, works_at(service_request.site_id)))
        .outerjoin(Qualification, and_(Qualification.user_id == User.id, Qualification.category_id == trade))
        .where(Department.site_id == service_request.site_id)
        .order_by(Department.name, Department.id)
    ).all()
    branches = [branch_of(list(group), trade is not None) for _, group in groupby(rows, key=lambda row: row[0].id)]
    return sorted((b for b in branches if b.colleagues or b.is_usual), key=lambda b: not b.is_usual)


def usual_department_of(service_request: ServiceRequest):
    """The code of the department that usually does the category's work, its own word before its trade's; a column."""
    own, trade = aliased(Category), aliased(Category)
    return (
        select(func.coalesce(own.department_code, trade.department_code))
        .select_from(own)
        .join(trade, trade.id == own.trade_id)
        .where(own.id == service_request.category_id)
        .scalar_subquery()
    )


def works_at(site_id):
    """The condition that a colleague belongs to the site and to a role that does jobs."""
    return and_(User.site_id == site_id, User.id.in_(select(UserRole.user_id).where(UserRole.role.in_(WORKING_ROLES))))


def branch_of(rows: Iterable[Row], has_trade: bool) -> Branch:
    """One department from its rows, one for each colleague."""
    rows = list(rows)
    department, _, _, waiting, _, usual_code = rows[0]
    colleagues = [Colleague(user, is_it if has_trade else None, jobs) for _, user, jobs, _, is_it, _ in rows if user]
    return Branch(department, department.code == usual_code, waiting, sorted(colleagues, key=lambda c: c.rank))


def survivors(service_request: ServiceRequest, *, viewer: User) -> list[ServiceRequest]:
    """Open requests of the same site that look alike, newest first: same unit or caller, or same building and category.

    For service_requests/forms/_merge.html.
    """
    alike = [and_(ServiceRequest.building_id == service_request.building_id, same_category(service_request))]
    if service_request.unit_id:
        alike.append(ServiceRequest.unit_id == service_request.unit_id)
    if service_request.caller_phone:
        alike.append(ServiceRequest.caller_phone == service_request.caller_phone)
    return list(
        db.session.scalars(
            service_requests.visible_to(viewer)
            .where(
                ServiceRequest.site_id == service_request.site_id,
                ServiceRequest.id != service_request.id,
                ServiceRequest.status.in_(OPEN),
                or_(*alike),
            )
            .options(joinedload(ServiceRequest.unit), joinedload(ServiceRequest.category))
            .order_by(ServiceRequest.registered_at.desc())
            .limit(OFFERED)
        )
    )


def same_category(service_request: ServiceRequest):
    """The condition of belonging to the same category; without one, to the same kind."""
    if service_request.category_id:
        return ServiceRequest.category_id == service_request.category_id
    return ServiceRequest.kind == service_request.kind


def survivor_id(reference: str, *, viewer: User) -> UUID | None:
    """The id of the request people call by this number, if the viewer may see it."""
    found = service_requests.visible_to(viewer).where(ServiceRequest.reference == reference)
    return db.session.scalars(found.with_only_columns(ServiceRequest.id)).first()
