"""Reading entries of phones that were not accepted, or were brought in a file: what the centre has to look at."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_, union_all
from sqlalchemy.orm import joinedload

from domain.errors import NotFound
from extensions import db
from models import IS_SETTLED, IS_UNSETTLED, Building, Category, EntryVerdict, Receipt, ServiceRequest, User
from queries import reach, service_requests
from queries.paging import Key

PAGE = 25
NAMED = ("target", "category_id", "building_id")  # fields that hold the key of a row
KEY = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.ASCII)
LISTED = (EntryVerdict.REFUSED, EntryVerdict.BROUGHT)


@dataclass(frozen=True)
class EntryPage:
    """One page of entries with what stands beside them; `before` and `after` are the keys of the pages around it."""

    entries: Sequence[Receipt]
    within_reach: frozenset[UUID]  # the requests among theirs that the viewer may open
    names: Mapping[UUID, str]  # of the colleagues, categories and buildings they name
    before: Key | None
    after: Key | None


def visible_to(viewer: User) -> Select[Receipt]:
    """The entries of the people this viewer leads that were not accepted."""
    return select(Receipt).where(reach.of_entries(viewer), Receipt.verdict.in_(LISTED))


def of_id(id: UUID, *, viewer: User) -> Receipt:
    """One of them. Raises NotFound."""
    return _one(visible_to(viewer).where(Receipt.id == id))


def locked(id: UUID, *, viewer: User) -> Receipt:
    """The same as it is now, held until the commit. Raises NotFound."""
    asked = visible_to(viewer).where(Receipt.id == id).with_for_update(of=Receipt)
    return _one(asked.execution_options(populate_existing=True))


def _one(asked: Select[Receipt]) -> Receipt:
    entry = db.session.scalar(asked)
    if entry is None:
        raise NotFound()
    return entry


def count_unsettled(viewer: User) -> int:
    """How many somebody still has to look at."""
    asked = select(func.count()).select_from(Receipt).where(reach.of_entries(viewer), IS_UNSETTLED)
    return db.session.scalar(asked) or 0


def unsettled(viewer: User, **around: Key) -> EntryPage:
    """One page of what somebody still has to look at, newest first, for phones/refused.html. Three statements."""
    return page(viewer, IS_UNSETTLED, Receipt.received_at, **around)


def settled(viewer: User, **around: Key) -> EntryPage:
    """One page of what the centre has settled, the last first, for phones/refused.html. Three statements."""
    return page(viewer, IS_SETTLED, Receipt.dismissed_at, **around)


def page(
    viewer: User, shows: ColumnElement[bool], moment: Any, *, before: Key | None = None, after: Key | None = None
) -> EntryPage:
    """One page of the entries for which this holds, latest first by this column."""
    asked, key = visible_to(viewer).where(shows).options(*all_that_is_printed()), after or before
    if key:
        here, there = tuple_(moment, Receipt.id), tuple_(literal(key.moment, moment.type), key.id)
        asked = asked.where(here > there if before else here < there)
    asked = asked.order_by(*((moment.asc(), Receipt.id.asc()) if before else (moment.desc(), Receipt.id.desc())))
    found = list(db.session.scalars(asked.limit(PAGE + 1)))
    is_more, entries = len(found) > PAGE, found[:PAGE]
    if before:
        entries.reverse()
    has_before, has_after = (is_more, True) if before else (bool(after), is_more)
    keys = [Key(0, getattr(entry, moment.key), entry.id) for entry in entries]
    return EntryPage(
        entries,
        within_reach(entries, viewer),
        names_in(entries),
        keys[0] if keys and has_before else None,
        keys[-1] if keys and has_after else None,
    )


def all_that_is_printed() -> tuple[Any, ...]:
    """Whose it is, what it is about, and who settled it."""
    return (
        joinedload(Receipt.user),
        joinedload(Receipt.dismissed_by),
        joinedload(Receipt.job),
        joinedload(Receipt.service_request).options(
            joinedload(ServiceRequest.unit), joinedload(ServiceRequest.building), joinedload(ServiceRequest.category)
        ),
    )


def within_reach(entries: Sequence[Receipt], viewer: User) -> frozenset[UUID]:
    """The requests of these entries that the viewer may open."""
    asked_for = [entry.service_request_id for entry in entries if entry.service_request_id]
    seen = service_requests.visible_to(viewer).where(ServiceRequest.id.in_(asked_for))
    return frozenset(db.session.scalars(seen.with_only_columns(ServiceRequest.id)))


def names_in(entries: Sequence[Receipt]) -> Mapping[UUID, str]:
    """The names of all the rows whose keys were chosen in these entries."""
    chosen = [value for entry in entries for name in NAMED for value in entry.fields.get(name, [])]
    keys = [UUID(found[0]) for value in chosen if (found := KEY.search(str(value)))]
    asked = (select(table.id, table.name).where(table.id.in_(keys)) for table in (User, Category, Building))
    return {row.id: row.name for row in db.session.execute(union_all(*asked))}


def photo_stored(id: UUID, sha256: str, *, viewer: User) -> str:
    """The name under which the store keeps a photo of an entry, also of one that has no request. Raises NotFound."""
    photos = of_id(id, viewer=viewer).photos
    stored = next((photo.get("stored") for photo in photos if photo["sha256"] == sha256), None)
    if not stored:
        raise NotFound()
    return str(stored)
