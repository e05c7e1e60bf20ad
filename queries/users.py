"""Reading the people who sign in."""

from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import joinedload

from extensions import db
from models import User
from queries import notices


def of_session(remembered: str) -> User | None:
    """The enabled user a session cookie stands for, with all every page asks of them; None once it was revoked.

    One statement: roles, site and qualifications, `unread_notices` for the bell and `demo_accounts` for the banner.
    """
    id, _, epoch = remembered.partition(":")
    try:
        user_id = UUID(id)
    except ValueError:
        return None
    row = (
        db.session.execute(
            select(User, notices.unread_count_of(User.id), demo_accounts_exist())
            .where(User.id == user_id, User.is_enabled)
            .options(joinedload(User.role_rows), joinedload(User.site), joinedload(User.qualifications))
        )
        .unique()
        .first()
    )
    if row is None or str(row[0].session_epoch) != epoch:
        return None
    user = row[0]
    user.unread_notices, user.demo_accounts = row[1], row[2]
    return user


def of_name_or_phone(typed: str, phone: str | None) -> User | None:
    """The user who signs in under this name, or under this number (E.164)."""
    return db.session.scalar(select(User).where(or_(User.username == typed, User.phone == phone)).limit(1))


def demo_accounts_exist() -> ColumnElement[bool]:
    """Whether demo accounts, whose password is printed at the start, still exist; a column."""
    return select(User.id).where(User.is_demo).exists()


def any_demo_account() -> bool:
    """The same, asked on its own."""
    return bool(db.session.scalar(select(demo_accounts_exist())))
