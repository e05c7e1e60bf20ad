"""Passwords: kept as argon2, never as text."""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from models import User

_hasher = PasswordHasher()
_NOBODYS = _hasher.hash("nobody's password, checked so that an unknown name takes as long as a known one")


def set_password(user: User, password: str) -> None:
    """A new password; every session opened with the old one ends."""
    user.password_hash = _hasher.hash(password)
    user.session_epoch = (user.session_epoch or 0) + 1


def is_password_of(user: User | None, password: str) -> bool:
    """Whether this is the user's password. Takes the same time for a user there is not."""
    try:
        return _hasher.verify(user.password_hash if user and user.password_hash else _NOBODYS, password) and bool(
            user and user.password_hash
        )
    except (VerificationError, InvalidHashError):
        return False
