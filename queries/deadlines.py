"""Reading which deadlines ask for somebody's attention."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import select

from domain.alarms import Alarm, alarms, outstanding, recall
from domain.next_try import next_try
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
    all_alarms = alarms(readings, service_request.service_class)
    if to_call := next_try(service_request.events):
        all_alarms.append(recall(to_call.said_at, to_call.at))
    written = {event.id for event in service_request.events}
    raised = {alarm.key for alarm in all_alarms if event_id_of(alarm, service_request) in written}
    return outstanding(all_alarms, raised, now)


def event_id_of(alarm: Alarm, service_request: ServiceRequest) -> UUID:
    """The id of the event that records the alarm: so it is written once, whoever sweeps."""
    return uuid5(service_request.id, alarm.key)


def next_look(service_request: ServiceRequest, readings: Sequence[Reading], now: datetime) -> datetime | None:
    """When the sweep must look at this request: at once if an alarm is due already; None: not before it changes."""
    due, later = alarms_of(service_request, readings, now)
    return now if due else later
