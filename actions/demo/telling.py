"""Doing what the courses say, all of them side by side, in the order of time and through the product's own doors."""

import heapq
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import delete

from actions.demo.calls import calls
from actions.demo.courses import course_of, is_answered_at_desk
from actions.demo.photos import attach_photos
from actions.demo.today import course_on_hand
from actions.history import record, recount_clock
from actions.job_effects import begun
from actions.perform import EFFECTS
from actions.search_texts import make_findable
from actions.service_requests import register
from domain.days import local_day
from domain.lifecycle import ACTIONS, OPEN, Subject
from extensions import db
from models import Event, ReferenceCounter, ServiceRequest
from queries import clocks, deadlines

STALLED_SHARE = 0.75  # of the courses begun lately: somebody is waiting for something
STALLED_BEFORE = {  # and for at most so many days
    "accept": 1, "dispatch": 3, "acknowledge": 3, "arrive": 4, "resume": 10, "complete": 10, "close": 12,
}  # fmt: skip
TOLD_ALREADY = timedelta(hours=24)  # older events cause no notices any more


def tell(estate: SimpleNamespace, progress: Callable[[float], None]) -> None:
    """All calls and what became of them, up to now."""
    heard = calls(estate)
    estate.numbers_given, estate.stalled = Counter(), Counter()
    coming: list[Any] = []
    for number, call in enumerate(heard):
        course = course_on_hand(estate, call) if call.story else course_of(estate, call)
        call.stalls_before = "" if call.story else stalls(estate, call)
        heapq.heappush(coming, (call.at, number, next(course), course))
    while coming:
        _, number, step, course = heapq.heappop(coming)
        happen(estate, step)
        progress(1 - (estate.now - step.at) / (estate.now - heard[0].at))
        following = not_before(step, next(course, None))
        if following and following.arrives < estate.now and following.name != step.call.stalls_before:
            heapq.heappush(coming, (following.arrives, number, following, course))
    for call in heard:
        raise_alarms(estate, call.request)
        recount_clock(call.request)
    keep_numbers(estate)


def not_before(step: SimpleNamespace, following: SimpleNamespace | None) -> SimpleNamespace | None:
    """The next step of a course, after the one just done has reached us."""
    if following:
        delay = following.arrives - following.at
        following.at = max(following.at, step.arrives)
        following.arrives = following.at + delay
    return following


def stalls(estate: SimpleNamespace, call: SimpleNamespace) -> str:
    """The step at which a recent course stands still, if it does; so that something waits at every step."""
    possible = [name for name, days in STALLED_BEFORE.items() if estate.now - call.at < timedelta(days=days)]
    if not possible or is_answered_at_desk(call) or estate.draw.random() > STALLED_SHARE:
        return ""
    name = min(possible, key=lambda name: estate.stalled[name])
    estate.stalled[name] += 1
    return name


def happen(estate: SimpleNamespace, step: SimpleNamespace) -> None:
    """One step, done by its person at its moment."""
    call = step.call
    if step.name == "register":
        id = UUID(int=estate.draw.getrandbits(128), version=4)
        call.request = register(step.details, by=step.by, site_id=call.site.id, event_id=id, happened_at=step.at)
        call.request.reference = reference(estate, call)
        call.request.recorded_at = step.arrives
        make_findable(call.request)
        event = call.request.events[0]
    else:
        event = performed(call, step)
    attach_photos(estate, step, event)
    arrived(estate, call.request, step.arrives)


def performed(call: SimpleNamespace, step: SimpleNamespace) -> Event:
    """What perform() does, without asking the database for what is in our hands; the clocks are read at the end."""
    action = ACTIONS[step.name]
    if step.name == "dispatch":
        call.job = begun(call.request, step.details, step.at)
    job = call.job if step.name == "dispatch" or action.subject is Subject.JOB else None
    event = record(action, call.request, by=step.by, job=job, details=step.details, happened_at=step.at)
    if effect := EFFECTS.get(step.name):
        effect(job if action.subject is Subject.JOB else call.request, event)
    return event


def raise_alarms(estate: SimpleNamespace, service_request: ServiceRequest) -> None:
    """The alarms of what is still open, each at its moment, as if the sweep had been here all along."""
    if service_request.status not in OPEN:
        return
    due, _ = deadlines.alarms_of(service_request, clocks.of_service_request(service_request), estate.now)
    for alarm in due:
        at = max(alarm.at, service_request.changed_at)
        record(
            ACTIONS[alarm.action], service_request, by=None, details=alarm.details, happened_at=at,
            event_id=deadlines.event_id_of(alarm, service_request),
        )  # fmt: skip
        arrived(estate, service_request, at)


def arrived(estate: SimpleNamespace, service_request: ServiceRequest, at: datetime) -> None:
    """The events just written reached us at that moment, not while the estate is being built."""
    service_request.changed_at = at
    for event in service_request.events:
        if event.recorded_at > at:
            event.recorded_at = at
            event.told_at = at if estate.now - at > TOLD_ALREADY else None


def reference(estate: SimpleNamespace, call: SimpleNamespace) -> str:
    """The number it would have been given on its day."""
    day = local_day(call.request.registered_at, call.site.zone)
    estate.numbers_given[call.site.id, day] += 1
    return f"{call.site.code}-{day:%y%m%d}-{estate.numbers_given[call.site.id, day]:03d}"


def keep_numbers(estate: SimpleNamespace) -> None:
    """The site goes on counting where the estate stopped."""
    db.session.execute(
        delete(ReferenceCounter).where(ReferenceCounter.site_id.in_([s.id for s in estate.sites.values()]))
    )
    db.session.add_all(
        ReferenceCounter(site_id=site_id, day=day, last=last) for (site_id, day), last in estate.numbers_given.items()
    )
