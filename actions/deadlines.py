"""Warnings and breaches: what the product itself says when a clock runs out."""

from uuid import UUID

from actions.history import record
from actions.unit_of_work import unit_of_work
from domain.lifecycle import ACTIONS
from extensions import now
from queries import clocks, deadlines, service_requests

BATCH = 200  # requests looked at by one sweep; the next one finds the rest


def sweep() -> None:
    """Raise every alarm whose moment has come, each exactly once: its event's id is made of what it says."""
    for id in deadlines.to_look_at(now(), BATCH):
        raise_alarms(id)


def raise_alarms(service_request_id: UUID) -> None:
    """Write down the alarms of one request, and when to look at it again."""
    with unit_of_work():
        service_request = service_requests.locked(service_request_id, viewer=None)
        moment = now()
        readings = clocks.of_service_request(service_request)
        due, service_request.next_alarm_at = deadlines.alarms_of(service_request, readings, moment)
        for alarm in due:
            record(
                ACTIONS[alarm.action], service_request, by=None, details=alarm.details, happened_at=moment,
                event_id=deadlines.event_id_of(alarm, service_request),
            )  # fmt: skip
