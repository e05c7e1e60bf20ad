"""Reading what the phones of one's people last said of themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, Select, and_, case, func, literal, or_, select, tuple_
from sqlalchemy.orm import contains_eager, joinedload

from domain.phones import FORGOTTEN_AFTER, LOSS_REMEMBERED, SILENT_AFTER, Worry
from extensions import db, now
from models import IS_UNSETTLED, Phone, Receipt, Site, User
from queries import reach
from queries.paging import PAGE, Key


@dataclass(frozen=True)
class PhonePage:
    """One page of phones, each with its worst worry; `before` and `after` are the keys of the pages around it."""

    rows: Sequence[tuple[Phone, Worry]]
    before: Key | None
    after: Key | None


def visible_to(viewer: User) -> Select[tuple[Phone]]:
    """The phones of the people this viewer leads, but for those long forgotten that owe nothing."""
    owes = or_(Phone.waiting > 0, Phone.attention > 0)
    return (
        select(Phone)
        .join(User, User.id == Phone.user_id)
        .where(reach.of_people(viewer), or_(owes, Phone.last_seen_at > now() - FORGOTTEN_AFTER))
    )


def page(viewer: User, *, before: Key | None = None, after: Key | None = None) -> PhonePage:
    """One page for phones/index.html, the most worrying first, those heard of last before others. One statement."""
    worry, key = worst_worry(), after or before
    order = (worry, Phone.last_seen_at, Phone.id)
    asked = visible_to(viewer).add_columns(worry)
    if key:
        here, there = tuple_(*order), tuple_(literal(key.rank), literal(key.moment, Phone.last_seen_at.type), key.id)
        asked = asked.where(here > there if before else here < there)
    asked = asked.order_by(*(column.asc() if before else column.desc() for column in order))
    with_all = contains_eager(Phone.user).joinedload(User.department), joinedload(Phone.site)
    found = [(phone, Worry(rank)) for phone, rank in db.session.execute(asked.options(*with_all).limit(PAGE + 1))]
    is_more, rows = len(found) > PAGE, found[:PAGE]
    if before:
        rows.reverse()
    has_before, has_after = (is_more, True) if before else (bool(after), is_more)
    keys = [Key(worry, phone.last_seen_at, phone.id) for phone, worry in rows]
    return PhonePage(rows, keys[0] if keys and has_before else None, keys[-1] if keys and has_after else None)


def worst_worry() -> ColumnElement[Any]:
    """domain.phones.Worry as a column, at this moment."""
    return case(
        (Phone.attention > 0, Worry.STUCK.value),
        (Phone.lost_at > now() - LOSS_REMEMBERED, Worry.LOST.value),
        (is_silent(), Worry.SILENT.value),
        (Phone.refused > 0, Worry.REFUSED.value),
        else_=Worry.NONE.value,
    )


def is_silent(since: Any = None) -> ColumnElement[bool]:
    """Entries wait on it, and it has not been heard of for long, or since a moment."""
    return and_(Phone.waiting > 0, Phone.last_seen_at < (now() - SILENT_AFTER if since is None else since))


def worries_of(viewer: type[User], silent_since: Any) -> ScalarSelect[Any]:
    """How much of this waits for whoever leads a site, or the company: entries to settle, phones to ask after.

    A column beside the user's row, for the rail of the desk.
    """
    of_company = and_(viewer.site_id.is_(None), Site.company_id == viewer.company_id)
    sites = select(Site.id).where(or_(Site.id == viewer.site_id, of_company)).correlate(viewer)
    entries = select(func.count()).select_from(Receipt).where(Receipt.site_id.in_(sites), IS_UNSETTLED)
    asked_after = or_(Phone.attention > 0, is_silent(silent_since))
    phones = select(func.count()).select_from(Phone).where(Phone.site_id.in_(sites), asked_after)
    both = (each.correlate(viewer).scalar_subquery() for each in (entries, phones))
    return select(next(both) + next(both)).correlate(viewer).scalar_subquery()
