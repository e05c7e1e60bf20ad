from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from extensions import db
from models.columns import Moment, recorded, refers_to, related, short, title
from models.site import Site
from models.user import User


class Phone(db.Model):
    """What one phone last said of itself, for one of the people who sign in on it; shared, it has a row for each."""

    id: Mapped[UUID] = mapped_column(primary_key=True)  # made by the phone
    user_id: Mapped[UUID] = mapped_column(db.ForeignKey("user.id"), primary_key=True)
    site_id: Mapped[UUID | None] = refers_to("site.id")  # None: of somebody at company level
    label: Mapped[title] = mapped_column(default="")  # what kind of phone, as its browser says
    waiting: Mapped[int] = mapped_column(default=0)  # entries of this person not delivered yet
    oldest_at: Mapped[datetime | None] = mapped_column(Moment)  # when the oldest of them was made, by our clock
    attention: Mapped[int] = mapped_column(default=0)  # entries that got stuck
    refused: Mapped[int] = mapped_column(default=0)  # entries refused and neither sent again nor discarded
    persisted: Mapped[bool | None]  # whether the browser promised to keep its storage; None: it does not say
    installed: Mapped[bool] = mapped_column(default=False)  # on the home screen
    lost_at: Mapped[datetime | None] = mapped_column(Moment)  # when the phone noticed that its storage had been emptied
    build: Mapped[short] = mapped_column(default="")
    first_seen_at: Mapped[recorded]
    last_seen_at: Mapped[recorded]

    user: Mapped[User] = related()
    site: Mapped[Site | None] = related()
