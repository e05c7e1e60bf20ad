"""Who may do what, and how far each may see. Both tables are read, never repeated, elsewhere."""

from enum import StrEnum
from typing import Protocol

from domain.labelled import Labelled
from domain.wording import N_


class Permission(StrEnum):
    """One thing a role may do. A route, an action or a button names exactly one."""

    USE_ACCOUNT = "account:use"  # one's own password, language, notices
    REGISTER = "requests:register"  # every employee is an intake point
    USE_DESK = "desk:use"
    SEE = "requests:see"
    TRIAGE = "requests:triage"  # accept, reply, cancel, merge, correct, reclassify
    DISPATCH = "requests:dispatch"
    VERIFY = "requests:verify"
    FOLLOW_UP = "requests:follow-up"
    CLOSE_WITHOUT_CALL = "requests:close-without-call"
    CHASE = "requests:chase"
    ESCALATE = "requests:escalate"
    PROMISE = "requests:promise"
    ANNOTATE = "requests:annotate"
    ASSIGN = "jobs:assign"
    WORK = "jobs:work"
    RESCHEDULE = "jobs:reschedule"  # the appointment of a job
    LOOK_UP_UNITS = "residents:look-up"  # room to name and phone, nothing more
    SEE_RESIDENTS = "residents:see"
    EDIT_RESIDENTS = "residents:edit"  # who lives where, under which number; what a unit is called
    SEE_PHONES = "phones:see"  # the phones of one's people, and the entries that were not accepted
    SEE_STATISTICS = "statistics:see"
    ADMINISTER = "administration:use"


class Role(Labelled):
    """What a colleague is. One person may hold several."""

    AGENT = "agent", N_("Agent")
    DIRECTOR = "director", N_("Customer director")
    SITE_DIRECTOR = "site_director", N_("Site director")
    HEAD = "head", N_("Department head")
    TECHNICIAN = "technician", N_("Technician")
    GUARD = "guard", N_("Guard")
    CASHIER = "cashier", N_("Cashier")
    QUALITY = "quality", N_("Quality department")
    COMPANY_DEPARTMENT = "company_department", N_("Company department")
    LEADER = "leader", N_("Company leader")
    ADMINISTRATOR = "administrator", N_("Administrator")


class Reach(StrEnum):
    """How far a role sees service requests and jobs. One's own reports are always within reach."""

    EVERYTHING = "everything"
    OWN_SITE = "own site"
    OWN_DEPARTMENT = "own department"
    OWN_JOBS = "own jobs"
    OWN_REPORTS = "own reports"


P, R = Permission, Role

EVERY_EMPLOYEE = frozenset({P.USE_ACCOUNT, P.REGISTER, P.LOOK_UP_UNITS})
_CENTRE = frozenset(
    {
        P.USE_DESK,
        P.SEE,
        P.TRIAGE,
        P.DISPATCH,
        P.FOLLOW_UP,
        P.CHASE,
        P.ESCALATE,
        P.PROMISE,
        P.ANNOTATE,
        P.ASSIGN,
        P.RESCHEDULE,
        P.SEE_RESIDENTS,
        P.EDIT_RESIDENTS,
        P.SEE_PHONES,
        P.SEE_STATISTICS,
    }
)
_SUPERVISION = frozenset(
    {P.USE_DESK, P.SEE, P.CHASE, P.ESCALATE, P.ANNOTATE, P.SEE_RESIDENTS, P.SEE_PHONES, P.SEE_STATISTICS}
)

GRANTS: dict[Role, frozenset[Permission]] = {
    R.AGENT: EVERY_EMPLOYEE | _CENTRE,
    R.DIRECTOR: EVERY_EMPLOYEE | _CENTRE | {P.VERIFY, P.CLOSE_WITHOUT_CALL},
    R.SITE_DIRECTOR: EVERY_EMPLOYEE | _SUPERVISION | {P.VERIFY},
    R.HEAD: EVERY_EMPLOYEE
    | {P.USE_DESK, P.SEE, P.ASSIGN, P.WORK, P.RESCHEDULE, P.ANNOTATE, P.ESCALATE, P.SEE_PHONES, P.SEE_STATISTICS},
    R.TECHNICIAN: EVERY_EMPLOYEE | {P.SEE, P.WORK, P.RESCHEDULE, P.ANNOTATE},
    R.GUARD: EVERY_EMPLOYEE | {P.SEE, P.WORK, P.RESCHEDULE, P.ANNOTATE},
    R.CASHIER: EVERY_EMPLOYEE | {P.USE_DESK, P.SEE, P.ANNOTATE, P.SEE_RESIDENTS},
    R.QUALITY: EVERY_EMPLOYEE | _SUPERVISION | {P.VERIFY},
    R.COMPANY_DEPARTMENT: EVERY_EMPLOYEE | {P.USE_DESK, P.SEE, P.ANNOTATE, P.SEE_STATISTICS},
    R.LEADER: frozenset({P.USE_ACCOUNT, P.USE_DESK, P.SEE, P.SEE_STATISTICS}),
    R.ADMINISTRATOR: frozenset({P.USE_ACCOUNT, P.ADMINISTER}),
}

REACH: dict[Role, Reach] = {
    R.AGENT: Reach.OWN_SITE,
    R.DIRECTOR: Reach.OWN_SITE,
    R.SITE_DIRECTOR: Reach.OWN_SITE,
    R.HEAD: Reach.OWN_DEPARTMENT,
    R.TECHNICIAN: Reach.OWN_JOBS,
    R.GUARD: Reach.OWN_JOBS,
    R.CASHIER: Reach.OWN_SITE,
    R.QUALITY: Reach.EVERYTHING,
    R.COMPANY_DEPARTMENT: Reach.EVERYTHING,
    R.LEADER: Reach.EVERYTHING,
    R.ADMINISTRATOR: Reach.OWN_REPORTS,
}

COMPANY_WIDE = frozenset(role for role, reach in REACH.items() if reach is Reach.EVERYTHING)


class Holder(Protocol):
    """Whoever holds roles: a signed-in user."""

    @property
    def roles(self) -> frozenset[Role]: ...


def can(user: Holder, permission: Permission) -> bool:
    """Whether one of the user's roles grants the permission."""
    return any(permission in GRANTS[role] for role in user.roles)


def reaches(user: Holder) -> frozenset[Reach]:
    """All the reaches the user's roles give together; a query shows the union of them."""
    return frozenset(REACH[role] for role in user.roles) | {Reach.OWN_REPORTS}
