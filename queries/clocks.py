"""The clocks of service requests, read from their events."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from domain.calendars import ROUND_THE_CLOCK, Calendar
from domain.clocks import Clock, Fact, Reading, readings
from domain.days import moment_of
from domain.outcomes import Outcome
from domain.standards import Standard
from models import Event, ServiceRequest
from queries import calendars, service_standards

_TELLS_RESIDENT = frozenset({"promise", "reply"})


def of_service_request(service_request: ServiceRequest) -> tuple[Reading, ...]:
    """Every run of every clock of one request, whose site and events are loaded."""
    events = service_request.events
    standards = service_standards.of_ids(standard_ids(events))
    all_day = all(allowance.round_the_clock for standard in standards.values() for allowance in standard.values())
    calendar: Calendar = ROUND_THE_CLOCK if all_day else calendars.of_site(service_request.site)
    return readings([fact_of(event, standards) for event in events], calendar)


def standard_ids(events: Iterable[Event]) -> set[UUID]:
    """The standards these events put in force."""
    return {UUID(event.details["standard_id"]) for event in events if "standard_id" in event.details}


def fact_of(event: Event, standards: dict[UUID, Standard]) -> Fact:
    """What the clocks read of an event."""
    details = event.details
    standard_id = details.get("standard_id")
    return Fact(
        action=event.action,
        happened_at=event.happened_at,
        sequence=event.sequence,
        job_id=event.job_id,
        stops_clock=details.get("stops_clock", False),
        standard=standards[UUID(standard_id)] if standard_id else None,
        given_due={Clock(name): datetime.fromisoformat(due) for name, due in details.get("given_due", {}).items()},
        promised_for=moment_of(details.get("due_at")) if event.action == "promise" else None,
        contained=event.action == "complete" and Outcome(details["outcome"]).contains,
        tells_resident=event.action in _TELLS_RESIDENT or details.get("audience") == "resident",
        by_centre=True,  # only the centre is offered these words for the resident
    )
