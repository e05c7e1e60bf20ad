"""The group robots that are told too."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update

from actions.unit_of_work import unit_of_work
from domain.errors import NotFound
from models import Notice, NoticeTarget, Site, User
from queries import sites


def add(details: Mapping[str, Any], *, by: User) -> None:
    """A robot of one of the sites within reach. Raises NotFound for another site."""
    with unit_of_work() as session:
        site = sites.of_id(UUID(details["site_id"]), viewer=by)
        session.add(NoticeTarget(site_id=site.id, name=details["name"], url=details["url"], reasons=[]))


def remove(id: UUID, *, by: User) -> None:
    """It is told nothing more; what was told is kept without it. Raises NotFound for one that is not the company's."""
    with unit_of_work() as session:
        own = select(NoticeTarget.id).join(Site).where(NoticeTarget.id == id, Site.company_id == by.company_id)
        if session.scalar(own) is None:
            raise NotFound()
        session.execute(delete(Notice).where(Notice.target_id == id, Notice.sent_at.is_(None)))
        session.execute(update(Notice).where(Notice.target_id == id).values(target_id=None))
        session.execute(delete(NoticeTarget).where(NoticeTarget.id == id))
