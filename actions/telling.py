"""Telling people: notices are derived from events by the notice table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import func, select, update

from actions.inserting import insert
from actions.unit_of_work import ring, unit_of_work
from domain.notice_table import MOOT_UNLESS, Row, rows_for
from domain.quiet_hours import moment_to_send
from domain.situations import situation
from extensions import db, now
from models import Event, Notice, NoticeChannel, NoticeState, NoticeTarget, User
from queries import events, recipients, surroundings
from queries.surroundings import Surroundings

BATCH = 200  # events told in one transaction
NEWS = timedelta(days=7)  # what happened longer before it was written down is history (an import), not news


@dataclass(frozen=True)
class Change:
    """What one action wrote: its event, and those of the product that followed from it."""

    actor_id: UUID | None
    events: list[Event]


@dataclass(frozen=True)
class Telling:
    """Somebody (or, without a person, the site's robots) is told of a change by one row of the table."""

    person: User | None
    row: Row
    event: Event


def tell(*, by_email: bool) -> None:
    """Write the notices of all events nobody was told of yet. May run twice, also at the same time."""
    while events.any_untold():
        tell_some(by_email)


def tell_some(by_email: bool) -> None:
    """Some events and their notices: all of it becomes true, or nothing."""
    with unit_of_work() as session:
        alone("tell")
        untold = events.untold(BATCH)
        news = [event for event in untold if event.recorded_at - event.happened_at <= NEWS]
        rows = list(notices_of(news, by_email)) if news else []
        if rows:
            session.execute(insert(Notice).on_conflict_do_nothing(), rows)
        session.execute(update(Event).where(Event.id.in_([e.id for e in untold])).values(told_at=now()))
        if any(row["state"] is NoticeState.WAITING for row in rows):
            ring("send")


def alone(name: str) -> None:
    """Wait until no other unit of work is in this part; it is left at the commit. (SQLite has one writer anyway.)"""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(func.hashtext(name))))


def notices_of(news: Sequence[Event], by_email: bool) -> Iterator[dict[str, Any]]:
    """The rows to write, with ids made of event, addressee and channel."""
    here = surroundings.around(news)
    targets = recipients.targets({request.site_id for request in here.requests.values()})
    for change in changes(news):
        for telling in tellings(change, here):
            yield from over_all_channels(telling, here, targets, by_email)


def changes(news: Iterable[Event]) -> Iterator[Change]:
    """The events put together that one action wrote: the product's own follow a person's at the same moment."""
    change: Change | None = None
    for event in news:
        if (
            change
            and event.actor_id is None
            and event.service_request_id == change.events[0].service_request_id
            and event.happened_at == change.events[0].happened_at
        ):
            change.events.append(event)
            continue
        if change:
            yield change
        change = Change(event.actor_id, [event])
    if change:
        yield change


def tellings(change: Change, here: Surroundings) -> list[Telling]:
    """Everybody the change concerns but whoever made it, each once; and the site's robots."""
    spoken: dict[UUID | None, tuple[int, Telling]] = {}
    for event in change.events:
        request = here.requests[event.service_request_id]
        if MOOT_UNLESS.get(event.action, request.status) != request.status:
            continue
        actor = here.people.get(event.actor_id) if event.actor_id else None
        words = situation(
            event.action,
            event.details,
            service_class=request.service_class,
            actor_roles=actor.roles if actor else frozenset(),
            times_before=here.times_before(event),
        )
        for place, row in rows_for(event.action, words):
            people: list[User | None] = [p for p in recipients.of(row.to, here, event) if p.id != change.actor_id]
            for person in [*people, None]:
                id = person.id if person else None
                if id not in spoken or place < spoken[id][0]:
                    spoken[id] = place, Telling(person, row, event)
    return [telling for _, telling in spoken.values()]


def over_all_channels(
    telling: Telling, here: Surroundings, targets: Sequence[NoticeTarget], by_email: bool
) -> Iterator[dict[str, Any]]:
    """In the product always; by e-mail and webhook where this is wanted, not in the quiet hours."""
    person, row = telling.person, telling.row
    request = here.requests[telling.event.service_request_id]
    if person:
        yield row_of(telling, NoticeChannel.PRODUCT, state=NoticeState.SENT, sent_at=now())
    at = moment_to_send(now(), request.site.zone, request.service_class)
    if person and row.loud and by_email and person.email and person.email_notices:
        yield row_of(telling, NoticeChannel.EMAIL, state=NoticeState.WAITING, next_try_at=at)
    for target in targets:
        is_theirs = target.user_id == person.id if person else target.site_id == request.site_id
        if is_theirs and (row.name in target.reasons if target.reasons else row.loud):
            yield row_of(telling, NoticeChannel.WEBHOOK, target_id=target.id, state=NoticeState.WAITING, next_try_at=at)


def row_of(telling: Telling, channel: NoticeChannel, *, target_id: UUID | None = None, **state: Any) -> dict[str, Any]:
    addressee = target_id or (telling.person.id if telling.person else None)
    return {
        "id": uuid5(telling.event.id, f"{addressee} {channel}"),
        "site_id": telling.event.site_id,
        "event_id": telling.event.id,
        "service_request_id": telling.event.service_request_id,
        "recipient_id": telling.person.id if telling.person else None,
        "target_id": target_id,
        "channel": channel,
        "reason": telling.row.name,
        "created_at": now(),
        "sent_at": None,
        "next_try_at": None,
        **state,
    }
