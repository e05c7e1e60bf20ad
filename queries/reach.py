"""How far a person sees: the one place where REACH becomes SQL."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ColumnElement, and_, or_, select

from domain.days import DEFAULT_ZONE
from domain.lifecycle import OPEN_JOB
from domain.permissions import Permission, Reach, Role, can, reaches
from models import Job, Receipt, ServiceRequest, Site, User

STATEMENTS = 64  # so many of a kind are kept put together: putting one together costs more than running it


@dataclass(frozen=True)
class Standing:
    """Whoever looks, as far as a statement depends on it: equal for equal eyes, so that statements are kept by it."""

    id: UUID
    company_id: UUID
    site_id: UUID | None
    department_id: UUID | None
    zone: str
    roles: frozenset[Role]

    def can(self, permission: Permission) -> bool:
        """Whether one of the roles grants the permission."""
        return can(self, permission)


Viewer = User | Standing


def standing_of(viewer: Viewer) -> Standing:
    """Where this person stands, whose site is loaded."""
    if isinstance(viewer, Standing):
        return viewer
    zone = viewer.site.zone if viewer.site else DEFAULT_ZONE
    return Standing(viewer.id, viewer.company_id, viewer.site_id, viewer.department_id, zone, viewer.roles)


def of_service_requests(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which a service request may be shown to this person: the union of the roles' reaches."""
    held = reaches(viewer)
    if Reach.EVERYTHING in held:
        return ServiceRequest.site_id.in_(sites_of(viewer))
    if Reach.OWN_SITE in held:
        return ServiceRequest.site_id == viewer.site_id
    own = ServiceRequest.registered_by_id == viewer.id
    if held & {Reach.OWN_DEPARTMENT, Reach.OWN_JOBS}:
        theirs = select(Job.id).where(Job.service_request_id == ServiceRequest.id, of_jobs(viewer))
        return or_(own, theirs.exists())  # asked of each candidate, so that years of old jobs cost nothing
    return own


def of_jobs(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which a job may be shown to this person."""
    held = reaches(viewer)
    if Reach.EVERYTHING in held:
        return Job.site_id.in_(sites_of(viewer))
    if Reach.OWN_SITE in held:
        return Job.site_id == viewer.site_id
    if Reach.OWN_DEPARTMENT in held:
        return or_(Job.holder_id == viewer.id, Job.department_id == viewer.department_id)
    free = and_(Job.department_id == viewer.department_id, Job.holder_id.is_(None), Job.status.in_(OPEN_JOB))
    return or_(Job.holder_id == viewer.id, free)


def of_people(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which what a colleague's phone tells may be shown: to whoever leads this colleague."""
    held = reaches(viewer)
    if Reach.EVERYTHING in held:
        return User.company_id == viewer.company_id
    if Reach.OWN_SITE in held:
        return User.site_id == viewer.site_id
    if Reach.OWN_DEPARTMENT in held and viewer.department_id:
        return User.department_id == viewer.department_id
    return User.id == viewer.id


def of_entries(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which an entry of a phone may be shown: at one's sites, or of one's people."""
    held = reaches(viewer)
    if Reach.EVERYTHING in held:
        return Receipt.site_id.in_(sites_of(viewer))
    if Reach.OWN_SITE in held:
        return Receipt.site_id == viewer.site_id
    return Receipt.user_id.in_(select(User.id).where(of_people(viewer)))


def of_sites(viewer: Viewer) -> ColumnElement[bool]:
    """The condition under which a site may be shown: one's own, or all of the company's at company level."""
    if Reach.EVERYTHING in reaches(viewer) or viewer.site_id is None:
        return Site.company_id == viewer.company_id
    return Site.id == viewer.site_id


def sites_of(viewer: Viewer):
    """A subselect of the ids of the sites this person may see."""
    return select(Site.id).where(of_sites(viewer))
