"""Reading which deadlines ask for somebody's attention."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from domain.alarms import Alarm, alarms, outstanding
from domain.readings import Reading
from extensions import db
from models import ServiceRequest


def to_look_at(now: datetime, limit: int) -> Sequence[UUID]:
    """The requests whose next alarm has come, the longest waiting first."""
    return db.session.scalars(
        select(ServiceRequest.id)
        .where(ServiceRequest.next_alarm_at <= now)
        .order_by(ServiceRequest.next_alarm_at)
        .limit(limit)
    ).all()


def alarms_of(
    service_request: ServiceRequest, readings: Sequence[Reading], now: datetime
) -> tuple[list[Alarm], datetime | None]:
    """The alarms of one request (its events loaded) that are to be raised now, and the moment of the next one."""
    raised = [
        (event.details["clock"], event.details["round"], event.details["step"])
        for event in service_request.events
        if event.action in ("warn", "breach")
    ]
    return outstanding(alarms(readings, service_request.service_class), raised, now)


def next_look(service_request: ServiceRequest, readings: Sequence[Reading], now: datetime) -> datetime | None:
    """When the sweep must look at this request: at once if an alarm is due already; None: not before it changes."""
    due, later = alarms_of(service_request, readings, now)
    return now if due else later
