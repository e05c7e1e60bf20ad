"""Reading the people who sign in."""

from functools import cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select
from sqlalchemy.orm import joinedload

from domain.accounts import INVITATION_OVER, digest_of
from domain.errors import NotFound
from extensions import db, now
from models import User
from models.columns import Moment
from queries import notices, phones

ALL_A_PAGE_ASKS = (joinedload(User.role_rows), joinedload(User.site), joinedload(User.qualifications))


def of_session(remembered: str) -> User | None:
    """The enabled user a session cookie stands for, with all every page asks of them; None once it was revoked.

    One statement: roles, site and qualifications, `unread_notices` for the bell, `phone_worries` for the rail and
    `demo_accounts` for the banner.
    """
    id, _, epoch = remembered.partition(":")
    try:
        user_id = UUID(id)
    except ValueError:
        return None
    given = {"id": user_id, "silent_since": now() - phones.SILENT_AFTER}
    row = db.session.execute(_of_session(), given).unique().first()
    if row is None or str(row[0].session_epoch) != epoch:
        return None
    user = row[0]
    user.unread_notices, user.phone_worries, user.demo_accounts = row[1:]
    return user


@cache
def _of_session() -> Select[Any]:
    """The statement of every page there is, put together once."""
    worries = phones.worries_of(User, bindparam("silent_since", type_=Moment))
    return (
        select(User, notices.unread_count_of(User.id), worries, demo_accounts_exist())
        .where(User.id == bindparam("id"), User.is_enabled)
        .options(*ALL_A_PAGE_ASKS)
    )


def of_name_or_phone(typed: str, phone: str | None) -> User | None:
    """The user who signs in under this name, or under this number (E.164)."""
    named = func.lower(User.username) == typed.lower()
    return db.session.scalar(select(User).where(or_(named, User.phone == phone) if phone else named).limit(1))


def of_id(id: UUID) -> User:
    """The user with this id, enabled or not, as of now, with all account/me.html prints; it must exist."""
    return one(select(User).where(User.id == id).options(*ALL_A_PAGE_ASKS, joinedload(User.department)))


def locked(id: UUID) -> User:
    """The same, held until the commit."""
    asked = select(User).where(User.id == id).options(*ALL_A_PAGE_ASKS)
    # Rows that name this user may be written meanwhile: two administrators at work do not wait for each other.
    return one(asked.with_for_update(of=User, key_share=True))


def hold(id: UUID) -> None:
    """Keep others who want the same user to oneself from going on until the commit; nothing is read anew."""
    db.session.execute(select(User.id).where(User.id == id).with_for_update(key_share=True))


def one(asked: Select[User]) -> User:
    """The one row as it is now, also where the session knew it as it was."""
    return db.session.scalars(asked.execution_options(populate_existing=True)).unique().one()


def of_invitation(secret: str) -> User:
    """The enabled user who was sent this secret, while the invitation stands. Raises NotFound."""
    asked = select(User).where(User.invitation_digest == digest_of(secret), User.invited_until > now(), User.is_enabled)
    user = db.session.scalar(asked)
    if user is None:
        raise NotFound(INVITATION_OVER)
    return user


def demo_accounts_exist() -> ColumnElement[bool]:
    """Whether demo accounts, whose password is printed at the start, still exist; a column."""
    return select(User.id).where(User.is_demo).exists()


def any_demo_account() -> bool:
    """The same, asked on its own."""
    return bool(db.session.scalar(select(demo_accounts_exist())))


def named(username: str) -> User:
    """The account with this user name. Raises NotFound."""
    user = of_name_or_phone(username, None)
    if user is None:
        raise NotFound()
    return user
