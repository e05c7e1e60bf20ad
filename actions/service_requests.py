"""Registering: the first thing that happens to every service request."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from actions.attachments import PreparedPhoto, attach
from actions.history import record, recount_clock
from actions.perform import keep_receipt, perform, repeated
from actions.references import next_reference
from actions.search_texts import make_findable
from actions.unit_of_work import unit_of_work, write
from domain.channels import Channel
from domain.kinds import Kind, Mood, default_class
from domain.lifecycle import ACTIONS, REQUEST_ACTIONS
from domain.service_classes import ServiceClass
from extensions import now
from models import ServiceRequest, Site, User
from queries import categories, events, places, service_standards, sites

REGISTER = REQUEST_ACTIONS["register"]


def register(
    details: Mapping[str, Any],
    *,
    by: User,
    site_id: UUID,
    event_id: UUID | None = None,
    happened_at: datetime | None = None,
) -> ServiceRequest:
    """Write down what somebody asked for, exactly once; the request's id is the id of its first event.

    `details` holds what was typed, by field name: kind, words, channel, and where known category_id, service_class,
    unit_id, building_id, place, resident_id, caller_name, caller_phone (E.164), mood. `happened_at` is the moment it
    was said (aware; default now, never later). Raises NotFound for a site out of reach, Invalid, AlreadyUsed.
    """
    id, details = event_id or uuid4(), dict(details)
    with unit_of_work() as session:
        site = sites.locked(site_id, viewer=by)
        if repeated(id, REGISTER, site.id, details, by):
            return session.get_one(ServiceRequest, id)
        service_request = written_down(id, site, details, by, happened_at)
        begin(service_request, by)
        keep_receipt(id, REGISTER, site.id, details, by, service_request)
        make_findable(service_request)
    return service_request


def register_and(
    then: Mapping[str, Mapping[str, Any]],
    details: Mapping[str, Any],
    *,
    by: User,
    event_id: UUID,
    photos: Sequence[PreparedPhoto] = (),
    **when_and_where: Any,
) -> ServiceRequest:
    """Register and, in the same stroke, do more to it: `{"accept": {}, "dispatch": {…}}`, in that order; add photos.

    All of it becomes true, or nothing. Raises what register() and perform() raise.
    """
    with unit_of_work():
        service_request = register(details, by=by, event_id=event_id, **when_and_where)
        if photos:
            attach(photos, event=events.of_id(service_request.id), by=by)
        for name, typed in then.items():
            perform(ACTIONS[name], service_request.id, by=by, details=typed, event_id=uuid5(event_id, name))
    return service_request


def written_down(
    id: UUID, site: Site, details: Mapping[str, Any], by: User, happened_at: datetime | None
) -> ServiceRequest:
    """The new row, with everything it names belonging to its site. Raises Invalid."""
    category_id = details.get("category_id")
    category = categories.named(UUID(category_id) if category_id else None, site.id)
    kind = Kind(details["kind"])
    service_class = details.get("service_class")
    return ServiceRequest(
        id=id,
        site=site,
        site_id=site.id,
        reference=next_reference(site),
        kind=kind,
        category=category,
        category_id=category.id if category else None,
        service_class=ServiceClass(service_class)
        if service_class
        else default_class(kind, category.service_class if category else None),
        channel=Channel(details["channel"]),
        mood=Mood(details["mood"]) if details.get("mood") else None,
        words=details.get("words", ""),
        caller_name=details.get("caller_name", ""),
        caller_phone=details.get("caller_phone", ""),
        registered_by_id=by.id,
        registered_at=min(happened_at or now(), now()),
        version=0,
        times_chased=0,
        times_reopened=0,
        times_escalated=0,
        events=[],
        jobs=[],
        readings=[],
        **places.named(details, site.id),
    )


def begin(service_request: ServiceRequest, by: User) -> None:
    """The first event, with the standard whose deadlines hold from here on."""
    standard = service_standards.in_force(service_request, at=service_request.registered_at)
    service_request.follow_up_share = standard.follow_up_share
    record(
        REGISTER,
        service_request,
        by=by,
        details={"standard_id": str(standard.id)},
        event_id=service_request.id,
        happened_at=service_request.registered_at,
    )
    write(service_request)
    recount_clock(service_request)
