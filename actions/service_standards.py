"""Writing service standards."""

from datetime import UTC, datetime
from typing import Any

from domain.service_classes import DEFAULTS
from domain.standards import Standard
from extensions import db
from models import Company, ServiceStandard

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
