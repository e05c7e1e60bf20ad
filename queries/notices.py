"""Reading notices."""

from typing import Any

from sqlalchemy import ScalarSelect, func, select

from models import Notice, NoticeChannel


def unread_count_of(user_id: Any) -> ScalarSelect[int]:
    """How many notices in the product this person has not read; a column beside the user's row."""
    unread = select(func.count()).where(
        Notice.recipient_id == user_id, Notice.channel == NoticeChannel.PRODUCT, Notice.read_at.is_(None)
    )
    return unread.scalar_subquery()
