"""Letting people in, and keeping those out who only guess."""

from math import ceil
from uuid import UUID

from actions.passwords import choose_password, is_password_of, renew_hash
from actions.unit_of_work import unit_of_work
from domain.accounts import LOCKED_FOR, WRONG_PASSWORDS, AccountLocked
from domain.errors import Invalid
from domain.wording import N_
from extensions import now
from models import User
from queries import users


def signed_in(typed_name: str, phone: str | None, password: str) -> User | None:
    """The user with this name or phone (E.164) and this password, fully loaded; None when they do not match.

    Raises AccountLocked after too many wrong passwords in a row.
    """
    user = users.of_name_or_phone(typed_name, phone)
    if not proven(user, password) or user is None:
        return None
    renew_hash(user, password)
    return users.of_session(user.get_id())


def proven(user: User | None, password: str) -> bool:
    """Whether this is the user's password; wrong ones are counted. Raises AccountLocked.

    An attempt counts as wrong until it has proved right, so that a hundred guesses at the same moment are a hundred.
    """
    if user is not None:
        count_attempt(user)
    is_right = is_password_of(user, password)
    if user is not None and is_right:
        forget_attempts(user)
    return is_right


def count_attempt(user: User) -> None:
    """One more attempt, kept in the database, which unlike Redis never forgets. Raises AccountLocked."""
    with unit_of_work():
        locked = users.locked(user.id)
        moment = now()
        if locked.locked_until and locked.locked_until > moment:
            raise AccountLocked(minutes=ceil((locked.locked_until - moment).total_seconds() / 60))
        if locked.locked_until:
            locked.failed_sign_ins, locked.locked_until = 0, None
        locked.failed_sign_ins += 1
        if locked.failed_sign_ins >= WRONG_PASSWORDS:
            locked.locked_until = moment + LOCKED_FOR


def forget_attempts(user: User) -> None:
    """The password was right: what went wrong before no longer counts."""
    with unit_of_work():
        locked = users.locked(user.id)
        locked.failed_sign_ins, locked.locked_until = 0, None


def change_password(user_id: UUID, old: str, new: str) -> User:
    """Replace one's password; every session ends but the one opened with the user that is returned.

    Raises Invalid for a wrong old password or a new one that is too easy, AccountLocked after too many wrong ones.
    """
    if not proven(users.of_id(user_id), old):
        raise Invalid("old_password", N_("This is not your present password."))
    with unit_of_work():
        choose_password(users.locked(user_id), new)
    return users.of_id(user_id)


def end_sessions(user_id: UUID) -> None:
    """Sign this user out everywhere, here included."""
    with unit_of_work():
        users.locked(user_id).session_epoch += 1
