"""What the form begins with when a hand-over that was not accepted is registered in its writer's place."""

from typing import Any
from uuid import UUID

from flask_login import current_user

from domain.channels import Channel
from domain.unit_labels import is_label
from queries import refused_entries

AS_TYPED = ("caller_name", "caller_phone", "category_id", "building_id", "place", "kind", "words")


def typed_before(id: UUID) -> dict[str, Any]:
    """The fields of the entry under the names of this form. Raises NotFound."""
    entry = refused_entries.of_id(id, viewer=current_user)
    sent = {name: values[0] for name, values in entry.fields.items() if values and values[0]}
    typed = {name: sent[name] for name in AS_TYPED if name in sent}
    room = sent.get("room", "")
    where = {"unit": room} if is_label(room) else {"place": " ".join(filter(None, (room, sent.get("place"))))}
    return typed | where | {"entry": str(id), "site_id": str(entry.site_id), "channel": Channel.STAFF.value}
