"""Passwords: kept as argon2, never as text."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from actions.unit_of_work import unit_of_work
from domain.accounts import refuse_easy
from models import User

_hasher = PasswordHasher()
_NOBODYS = _hasher.hash("nobody's password, checked so that an unknown name takes as long as a known one")


def set_password(user: User, password: str) -> None:
    """A new password; every session opened with the old one ends."""
    user.password_hash = _hasher.hash(password)
    user.session_epoch = (user.session_epoch or 0) + 1


def choose_password(user: User, password: str) -> None:
    """The password a person chose, by invitation or in place of an old one; whatever locked the account is over.

    Inside a unit of work. Raises Invalid for one that is too easy.
    """
    refuse_easy(password, user.username)
    set_password(user, password)
    user.failed_sign_ins, user.locked_until = 0, None
    user.invitation_digest, user.invited_until = None, None


def is_password_of(user: User | None, password: str) -> bool:
    """Whether this is the user's password. Takes the same time for a user there is not."""
    try:
        return _hasher.verify(user.password_hash if user and user.password_hash else _NOBODYS, password) and bool(
            user and user.password_hash
        )
    except (VerificationError, InvalidHashError):
        return False


def renew_hash(user: User, password: str) -> None:
    """Keep the password as strongly as we do today, if it was kept more weakly when it was chosen."""
    if user.password_hash and _hasher.check_needs_rehash(user.password_hash):
        with unit_of_work():
            user.password_hash = _hasher.hash(password)
