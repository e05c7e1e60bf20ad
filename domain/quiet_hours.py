"""When nobody is woken by an e-mail or a message."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from domain.service_classes import ServiceClass

FROM, UNTIL = time(22), time(7)  # on the site's wall clock
_WAKES = frozenset({ServiceClass.EMERGENCY, ServiceClass.URGENT})


def moment_to_send(now: datetime, zone: str, service_class: ServiceClass) -> datetime:
    """Now, or in quiet hours the next morning; emergencies and urgent repairs do not wait."""
    local = now.astimezone(ZoneInfo(zone))
    if service_class in _WAKES or UNTIL <= local.time() < FROM:
        return now
    day = local.date() if local.time() < UNTIL else local.date() + timedelta(days=1)
    return datetime.combine(day, UNTIL, ZoneInfo(zone)).astimezone(now.tzinfo)
