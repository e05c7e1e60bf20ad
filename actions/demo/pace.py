"""How long things take at the demo estate: mostly in time, every fifth too late."""

from datetime import datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from domain.service_classes import ServiceClass

ZONE = ZoneInfo("Asia/Shanghai")
OPENS, SHUTS = time(8, 30), time(18)
LATE_SHARE = 0.16
ROUND_THE_CLOCK = {ServiceClass.EMERGENCY, ServiceClass.URGENT, ServiceClass.SERIOUS_COMPLAINT}

# Minutes from one step to the next, at least and at most.
STEPS = ("accept", "dispatch", "acknowledge", "arrive", "complete", "close")
USUAL = {
    ServiceClass.EMERGENCY: ((0.3, 1), (0.3, 1), (0.3, 1), (1, 3), (15, 80), (90, 900)),
    ServiceClass.URGENT: ((1, 4), (0.5, 2), (1, 4), (3, 9), (25, 110), (120, 1100)),
    ServiceClass.MINOR: ((3, 24), (1, 5), (4, 40), (20, 240), (20, 110), (600, 6000)),
    ServiceClass.MAJOR_WORKS: ((5, 50), (20, 160), (20, 90), (60, 300), (1400, 6500), (900, 5000)),
    ServiceClass.COMPLAINT: ((2, 13), (2, 14), (5, 40), (20, 200), (40, 700), (200, 1500)),
    ServiceClass.SERIOUS_COMPLAINT: ((2, 8), (1, 5), (2, 15), (15, 80), (200, 2000), (300, 2000)),
    ServiceClass.ENVIRONMENT: ((2, 10), (1, 4), (2, 12), (6, 30), (15, 120), (800, 5000)),
    ServiceClass.ENQUIRY: ((0.5, 4), (5, 20), (5, 20), (20, 90), (5, 160), (30, 1500)),
    ServiceClass.SUGGESTION: ((20, 300), (30, 200), (20, 90), (60, 300), (600, 5000), (900, 6000)),
}


def later(draw: Random, at: datetime, step: str, service_class: ServiceClass) -> datetime:
    """When the next step is done; at night only what cannot wait."""
    least, most = USUAL[service_class][STEPS.index(step)]
    minutes = draw.uniform(least, most) * (draw.uniform(2.5, 7) if draw.random() < LATE_SHARE else 1)
    moment = at + timedelta(minutes=minutes)
    return moment if service_class in ROUND_THE_CLOCK and step != "close" else in_daytime(draw, moment)


def in_daytime(draw: Random, moment: datetime) -> datetime:
    """The moment itself, or the next morning, on a working day, soon after the desk has opened."""
    here = moment.astimezone(ZONE)
    if here.time() >= SHUTS:
        here = datetime.combine(here.date() + timedelta(days=1), time.min, ZONE)
    while here.weekday() == 6:
        here = datetime.combine(here.date() + timedelta(days=1), time.min, ZONE)
    if here.time() < OPENS:
        here = datetime.combine(here.date(), OPENS, ZONE) + timedelta(minutes=draw.uniform(1, 25))
    return here
