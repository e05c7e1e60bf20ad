"""The places a person can go, as the rail of the desk and the tabs of the phone show them."""

from dataclasses import dataclass
from typing import Any

from flask import current_app, request, url_for
from flask_babel import gettext as _

from domain.permissions import Permission, Role
from domain.wording import N_

P = Permission


@dataclass(frozen=True)
class Place:
    """One link of the navigation."""

    url: str
    label: str
    icon: str
    current: bool
    count: int | None = None


# endpoint, label, icon, permission
DESK = (
    ("desk.queue", N_("Requests"), "inbox", P.USE_DESK),
    ("statistics.overview", N_("Figures"), "chart-column", P.SEE_STATISTICS),
    ("residents.directory", N_("Residents"), "users", P.SEE_RESIDENTS),
    ("phones.index", N_("Phones"), "smartphone", P.SEE_PHONES),
    ("phone.my_jobs", N_("My jobs"), "wrench", P.WORK),
    ("administration.overview", N_("Settings"), "settings", P.ADMINISTER),
)
PHONE = (
    ("phone.my_jobs", N_("My jobs"), "wrench", P.WORK),
    ("phone.department", N_("Team"), "users", P.ASSIGN),
    ("phone.hand_over", N_("Hand over"), "megaphone", P.REGISTER),
    ("phone.my_reports", N_("My reports"), "clipboard-list", P.REGISTER),
    ("account.me", N_("Me"), "user", P.USE_ACCOUNT),
)
AT_A_DESK = frozenset(
    {Role.AGENT, Role.DIRECTOR, Role.SITE_DIRECTOR, Role.CASHIER, Role.QUALITY, Role.COMPANY_DEPARTMENT, Role.LEADER}
)


def on_phone_pages() -> bool:
    """Whether this page is one of the phone's, or belongs to somebody who only has those."""
    return request.blueprint in ("phone", "jobs")


def places_for(user: Any) -> list[Place]:
    """The links this person sees on this page."""
    table = PHONE if on_phone_pages() or not works_at_desk(user) else DESK
    here = (request.endpoint or "").split(".")[0]
    return [
        Place(
            url=url_for(endpoint),
            label=_(label),
            icon=icon,
            count=user.phone_worries if endpoint == "phones.index" else None,
            current=request.endpoint == endpoint or (table is DESK and here == endpoint.split(".")[0]),
        )
        for endpoint, label, icon, permission in table
        if user.can(permission) and endpoint in current_app.view_functions
    ]


def works_at_desk(user: Any) -> bool:
    """Whether this person's home is the desk rather than the phone."""
    return bool(user.roles & AT_A_DESK) or user.can(P.ADMINISTER)


def home_of(user: Any) -> str:
    """The page a person wants to see first."""
    if user.roles & AT_A_DESK:
        return url_for("desk.queue")
    if user.can(P.ADMINISTER):
        return url_for("administration.overview")
    return url_for("phone.my_jobs" if user.can(P.WORK) and Role.GUARD not in user.roles else "phone.hand_over")
