"""What a person changes about their own account."""

from uuid import UUID

from actions.unit_of_work import unit_of_work
from queries import users


def choose_language(user_id: UUID, language: str) -> None:
    """The language of every page and notice for this user from now on."""
    with unit_of_work():
        users.locked(user_id).language = language
