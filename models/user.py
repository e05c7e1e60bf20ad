from datetime import datetime
from uuid import UUID

from flask_login import UserMixin
from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from domain.permissions import Permission, Role, can
from extensions import db
from models.columns import Moment, recorded, refers_to, related, short, title, uuid_key
from models.department import Department
from models.site import Site


class User(UserMixin, db.Model):
    """A colleague who signs in. Without a site: somebody at company level."""

    id: Mapped[uuid_key]
    company_id: Mapped[UUID] = refers_to("company.id")
    site_id: Mapped[UUID | None] = refers_to("site.id")
    department_id: Mapped[UUID | None] = refers_to("department.id")
    username: Mapped[short] = mapped_column(unique=True)
    phone: Mapped[str | None] = mapped_column(String(40), unique=True)  # E.164
    email: Mapped[str | None] = mapped_column(String(200))
    name: Mapped[title]
    language: Mapped[short | None]  # None: as the browser asks
    email_notices: Mapped[bool] = mapped_column(default=True)  # beside those in the product
    on_duty: Mapped[bool] = mapped_column(default=True)
    is_enabled: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    password_hash: Mapped[str | None] = mapped_column(String(200))  # argon2; None until the invitation is taken up
    session_epoch: Mapped[int] = mapped_column(default=0)  # raised to sign out everywhere
    failed_sign_ins: Mapped[int] = mapped_column(default=0)
    locked_until: Mapped[datetime | None] = mapped_column(Moment)
    invitation_digest: Mapped[str | None] = mapped_column(String(64), unique=True)  # sha-256 of the link's secret
    invited_until: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[recorded]

    site: Mapped[Site | None] = related()
    department: Mapped[Department | None] = related()
    role_rows: Mapped[list["UserRole"]] = related(cascade="all, delete-orphan")
    qualifications: Mapped[list["Qualification"]] = related(cascade="all, delete-orphan")

    unread_notices = 0  # filled by queries/users.of_session for the bell,
    phone_worries = 0  # for the rail,
    demo_accounts = False  # and for the banner

    @property
    def roles(self) -> frozenset[Role]:
        """The roles this colleague holds."""
        return frozenset(row.role for row in self.role_rows)

    @property
    def is_active(self) -> bool:  # flask-login asks under this name
        """Whether this colleague may be signed in at all."""
        return self.is_enabled

    def can(self, permission: Permission) -> bool:
        """Whether one of the roles grants the permission."""
        return can(self, permission)

    def is_qualified_for(self, trade_id: UUID | None) -> bool:
        """Whether the colleague may take jobs of this trade; a job without a category asks for none."""
        return trade_id is None or any(row.category_id == trade_id for row in self.qualifications)

    def get_id(self) -> str:
        """What the session cookie remembers: raising the epoch makes every older cookie worthless."""
        return f"{self.id}:{self.session_epoch}"


class UserRole(db.Model):
    """One role of one colleague."""

    user_id: Mapped[UUID] = mapped_column(db.ForeignKey("user.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(primary_key=True, index=True)


class Qualification(db.Model):
    """A trade (top-level category) a colleague is qualified for."""

    user_id: Mapped[UUID] = mapped_column(db.ForeignKey("user.id"), primary_key=True)
    category_id: Mapped[UUID] = mapped_column(db.ForeignKey("category.id"), primary_key=True)
