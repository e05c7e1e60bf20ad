"""Keeping what the phones say of themselves."""

from typing import Any
from uuid import UUID

from actions.inserting import insert
from actions.unit_of_work import unit_of_work
from extensions import now
from models import Phone, User


def check_in(id: UUID, standing: dict[str, Any], *, by: User, label: str, has_lost: bool) -> None:
    """One row for each person on each phone: its `standing` (columns of Phone), and when its storage was lost."""
    moment = now()
    said = standing | {"site_id": by.site_id, "label": label[:200], "last_seen_at": moment}
    if has_lost:
        said["lost_at"] = moment
    with unit_of_work() as session:
        row = insert(Phone).values(id=id, user_id=by.id, first_seen_at=moment, **said)
        session.execute(row.on_conflict_do_update(index_elements=[Phone.id, Phone.user_id], set_=said))
