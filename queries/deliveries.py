"""Reading what waits to be handed over."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from extensions import db
from models import Event, Notice, NoticeState, ServiceRequest


def waiting(now: datetime, limit: int) -> Sequence[Notice]:
    """Notices to hand over, held until the commit, with all that is written in them; longest waiting first."""
    return db.session.scalars(
        select(Notice)
        .where(Notice.state == NoticeState.WAITING, Notice.next_try_at <= now)
        .order_by(Notice.next_try_at)
        .limit(limit)
        .options(
            joinedload(Notice.event).joinedload(Event.actor),
            joinedload(Notice.recipient),
            joinedload(Notice.target),
            joinedload(Notice.service_request).options(
                joinedload(ServiceRequest.site),
                joinedload(ServiceRequest.unit),
                joinedload(ServiceRequest.building),
                joinedload(ServiceRequest.category),
            ),
        )
        .with_for_update(of=Notice, skip_locked=True)
        .execution_options(populate_existing=True)
    ).all()
