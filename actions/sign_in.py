"""Letting people in."""

from actions.passwords import is_password_of
from models import User
from queries import users


def signed_in(typed_name: str, password: str) -> User | None:
    """The user with this name or phone and this password, fully loaded; None when they do not match."""
    user = users.of_name_or_phone(typed_name.strip(), None)
    if not is_password_of(user, password) or user is None:
        return None
    return users.of_session(user.get_id())
