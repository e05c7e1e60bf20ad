"""Writing service standards."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from actions.administration import note
from actions.overwriting import refuse_unseen
from actions.unit_of_work import unit_of_work
from domain.durations import text_of
from domain.errors import Invalid, NotAllowedNow
from domain.service_classes import DEFAULTS, ServiceClass
from domain.standards import Standard
from domain.wording import N_
from extensions import db, now
from models import Category, Company, ServiceStandard, Site, User
from queries import service_standards
from queries.seen import seen_of
from queries.service_standards import Scope

ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


def add_defaults(company: Company) -> None:
    """Give a new company the default deadlines of every service class, valid from always. Inside a unit of work."""
    for service_class, default in DEFAULTS.items():
        db.session.add(
            ServiceStandard(
                company_id=company.id,
                service_class=service_class,
                valid_from=ALWAYS,
                allowances=stored(default.standard),
                follow_up_share=default.follow_up_percent,
            )
        )


def stored(standard: Standard) -> dict[str, Any]:
    """A standard as it is kept: clock -> minutes, calendar, share after which to warn."""
    return {
        clock.value: {
            "minutes": allowance.minutes,
            "round_the_clock": allowance.round_the_clock,
            "warn_percent": allowance.warn_percent,
        }
        for clock, allowance in standard.items()
    }


def set_standard(
    scope: Scope,
    service_class: ServiceClass,
    standard: Standard,
    *,
    follow_up_share: int,
    valid_from: datetime | None,
    by: User,
    seen: str | None = None,
) -> ServiceStandard:
    """From a moment on (aware; None: from now) requests of this class are promised this; those there are keep theirs.

    Raises Invalid for a moment in the past and for places or categories of another company; ChangedMeanwhile.
    """
    moment = now()
    if valid_from and valid_from < moment - timedelta(minutes=1):  # what is typed has no seconds
        raise Invalid("valid_from", N_("Old requests keep their deadlines: choose a moment that lies ahead."))
    refuse_foreign(scope, by)
    with unit_of_work():
        before = service_standards.of_scope(by, scope, service_class, at=moment)
        refuse_unseen(seen_of(before), seen)
        row = ServiceStandard(
            company_id=by.company_id,
            site_id=scope.site_id,
            category_id=scope.category_id,
            service_class=service_class,
            valid_from=max(valid_from or moment, moment),
            allowances=stored(standard),
            follow_up_share=follow_up_share,
            created_by_id=by.id,
        )
        withdraw_same_moment(row, moment)
        db.session.add(row)
        db.session.flush()
        changes = differences(before, row)
        note("standard_set", by=by, company_id=by.company_id, subject=service_class.label, changes=changes)
    return row


def withdraw_same_moment(row: ServiceStandard, moment: datetime) -> None:
    """What was to begin at the very same moment is replaced."""
    same = (ServiceStandard.site_id == row.site_id, ServiceStandard.category_id == row.category_id)
    db.session.execute(
        update(ServiceStandard)
        .where(ServiceStandard.company_id == row.company_id, ServiceStandard.service_class == row.service_class, *same)
        .where(ServiceStandard.valid_from == row.valid_from, ServiceStandard.withdrawn_at.is_(None))
        .values(withdrawn_at=moment)
    )


def withdraw(id: UUID, *, by: User) -> ServiceStandard:
    """Give up the standard of a site or category, or one that has not begun yet; requests that have it keep it.

    Raises NotFound, and NotAllowedNow for the company's own standard that is in force: something must be.
    """
    with unit_of_work():
        row, moment = service_standards.of_id(id, viewer=by), now()
        if row.site_id is None and row.category_id is None and row.valid_from <= moment:
            raise NotAllowedNow(N_("The company's own standard can be replaced, not withdrawn."))
        row.withdrawn_at = row.withdrawn_at or moment
        note(
            "standard_set",
            by=by,
            company_id=by.company_id,
            subject=row.service_class.label,
            changes=differences(row, None),
        )
    return row


def refuse_foreign(scope: Scope, by: User) -> None:
    """Raises Invalid for a site or a category of another company."""
    if scope.site_id and db.session.scalar(select(Site.company_id).where(Site.id == scope.site_id)) != by.company_id:
        raise Invalid("site", N_("There is no such site or department."))
    category = select(Category.company_id).where(Category.id == scope.category_id)
    if scope.category_id and db.session.scalar(category) != by.company_id:
        raise Invalid("category", N_("There is no such category."))


def differences(before: ServiceStandard | None, after: ServiceStandard | None) -> dict[str, tuple[object, object]]:
    """What the log keeps: minutes by clock, where they differ."""
    old, new = ({} if row is None else row.allowances for row in (before, after))
    told = {clock: (spoken(old.get(clock)), spoken(new.get(clock))) for clock in old | new}
    return {clock: pair for clock, pair in told.items() if pair[0] != pair[1]}


def spoken(allowance: dict[str, Any] | None) -> str:
    """One allowance in the log."""
    if allowance is None:
        return ""
    length = text_of(allowance["minutes"], round_the_clock=allowance["round_the_clock"])
    return f"{length}{' 24h' if allowance['round_the_clock'] else ''}, {allowance['warn_percent']} %"
