"""Passwords: kept as argon2, never as text."""

from argon2.exceptions import InvalidHashError, VerificationError

from actions.unit_of_work import unit_of_work
from domain.accounts import refuse_easy
from extensions import password_hasher
from models import User


def set_password(user: User, password: str) -> None:
    """A new password; every session opened with the old one ends."""
    user.password_hash = password_hasher().hash(password)
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
    hasher, kept = password_hasher(), user.password_hash if user else None
    try:
        return hasher.verify(kept or nobodys(), password) and bool(kept)
    except (VerificationError, InvalidHashError):
        return False


def nobodys() -> str:
    """A hash no password has, checked so that an unknown name takes as long as a known one."""
    hasher = password_hasher()
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    return f"$argon2id$v=19${cost}$bm9ib2R5IGF0IGFsbA${'A' * 43}"


def renew_hash(user: User, password: str) -> None:
    """Keep the password as strongly as we do today, if it was kept more weakly when it was chosen."""
    if user.password_hash and password_hasher().check_needs_rehash(user.password_hash):
        with unit_of_work():
            user.password_hash = password_hasher().hash(password)
