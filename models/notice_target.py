from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from extensions import db
from models.columns import prose, recorded, refers_to, related, title, uuid_key, values
from models.site import Site
from models.user import User


class NoticeTarget(db.Model):
    """A webhook that is told too: a group robot of a site, or one person's own. WeCom, DingTalk, Feishu and others."""

    __table_args__ = (CheckConstraint("(site_id IS NULL) <> (user_id IS NULL)", name="one_owner"),)

    id: Mapped[uuid_key]
    site_id: Mapped[UUID | None] = refers_to("site.id")
    user_id: Mapped[UUID | None] = mapped_column(db.ForeignKey("user.id"), unique=True)
    name: Mapped[title]
    url: Mapped[
        prose
    ]  # as apprise reads it, and as secret as a password: wecombot://key, dingtalk://token, feishu://...
    reasons: Mapped[values]  # names of rows of the notice table; empty: every loud one
    is_enabled: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[recorded]

    site: Mapped[Site | None] = related()
    user: Mapped[User | None] = related()
