"""Reading notices."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ScalarSelect, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from domain.errors import NotFound
from extensions import db
from models import Event, Notice, NoticeChannel, NoticeState, NoticeTarget, ServiceRequest, Site, User

PAGE = 50
MOST_COUNTED = 100  # more is more: whoever has so many reads none of them by its number


def unread_count_of(user_id: Any) -> ScalarSelect[int]:
    """How many notices in the product this person has not read, counted to MOST_COUNTED; beside the user's row."""
    unread = select(Notice.id).where(
        Notice.recipient_id == user_id, Notice.channel == NoticeChannel.PRODUCT, Notice.read_at.is_(None)
    )
    some = unread.limit(MOST_COUNTED).correlate(User).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


def of_id(id: UUID, *, viewer: User) -> Notice:
    """One of this person's notices, over whichever channel, with its event. Raises NotFound."""
    notice = db.session.scalar(
        select(Notice).where(Notice.id == id, Notice.recipient_id == viewer.id).options(joinedload(Notice.event))
    )
    if notice is None:
        raise NotFound()
    return notice


def unread(viewer: User) -> Sequence[Notice]:
    """This person's unread notices in the product, newest first, for notices/index.html."""
    return db.session.scalars(with_all_printed(in_product(viewer).where(Notice.read_at.is_(None))).limit(PAGE)).all()


def read_before(viewer: User, moment: datetime | None) -> tuple[Sequence[Notice], datetime | None]:
    """A page of those already read, newest first, told before a moment; and the moment of the next page, if any."""
    asked = in_product(viewer).where(Notice.read_at.is_not(None))
    if moment:
        asked = asked.where(Notice.created_at < moment)
    found = db.session.scalars(with_all_printed(asked).limit(PAGE + 1)).all()
    return found[:PAGE], found[PAGE - 1].created_at if len(found) > PAGE else None


def in_product(viewer: User) -> Select[Notice]:
    return select(Notice).where(Notice.recipient_id == viewer.id, Notice.channel == NoticeChannel.PRODUCT)


def with_all_printed(asked: Select[Notice]) -> Select[Notice]:
    """In order, with what a row of the list prints."""
    return asked.options(
        joinedload(Notice.event).joinedload(Event.actor),
        joinedload(Notice.service_request).options(
            joinedload(ServiceRequest.unit), joinedload(ServiceRequest.building), joinedload(ServiceRequest.category)
        ),
    ).order_by(Notice.created_at.desc(), Notice.id)


def failed_ids(viewer: User) -> Select[UUID]:
    """The notices of the viewer's company that were given up."""
    sites = select(Site.id).where(Site.company_id == viewer.company_id)
    return select(Notice.id).where(Notice.state == NoticeState.FAILED, Notice.site_id.in_(sites))


def failed(viewer: User) -> Sequence[Notice]:
    """The newest notices that were given up, for notices/failed.html."""
    return db.session.scalars(
        select(Notice)
        .where(Notice.id.in_(failed_ids(viewer)))
        .options(joinedload(Notice.recipient), joinedload(Notice.target), joinedload(Notice.service_request))
        .order_by(Notice.created_at.desc())
        .limit(PAGE)
    ).all()


def robots(viewer: User) -> Sequence[NoticeTarget]:
    """The group robots of the viewer's company, for notices/robots.html."""
    return db.session.scalars(
        select(NoticeTarget)
        .join(Site, Site.id == NoticeTarget.site_id)
        .where(Site.company_id == viewer.company_id)
        .options(contains_eager(NoticeTarget.site))
        .order_by(Site.code, NoticeTarget.name)
    ).all()
