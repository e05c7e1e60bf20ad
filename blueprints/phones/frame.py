"""What stands around the pages of this folder: the three views of what phones tell."""

from dataclasses import dataclass

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from queries import refused_entries


@dataclass(frozen=True)
class Tab:
    """One of the views as a link."""

    url: str
    label: str
    current: bool
    count: int | None = None
    loud: bool = False


def tabs() -> list[Tab]:
    """The phones; the entries somebody has to look at, counted; those that are settled."""
    unsettled = refused_entries.count_unsettled(current_user)
    return [
        Tab(url_for("phones.index"), _("Phones"), request.endpoint == "phones.index"),
        Tab(
            url_for("phones.refused"), _("Entries not accepted"), request.endpoint == "phones.refused",
            count=unsettled, loud=True,
        ),
        Tab(url_for("phones.settled"), _("Settled"), request.endpoint == "phones.settled"),
    ]  # fmt: skip
