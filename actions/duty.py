"""Who is on duty: only they may take free jobs, and they are offered work first."""

from uuid import UUID

from actions.unit_of_work import unit_of_work
from models import User


def switch_duty(user_id: UUID, *, on_duty: bool) -> None:
    """Put a colleague on duty or off it; saying the same twice changes nothing."""
    with unit_of_work() as session:
        session.get_one(User, user_id).on_duty = on_duty
