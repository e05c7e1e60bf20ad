"""A photo as components/photos.html shows it."""

from dataclasses import dataclass
from typing import Any

from flask import url_for

from blueprints.display import day_time


@dataclass(frozen=True)
class Picture:
    """One photo: its addresses, what it is called, and when it was taken, in words."""

    url: str
    thumbnail_url: str
    label: str
    taken: str = ""


def picture(attachment: Any, label: str) -> Picture:
    """An attachment under this label."""
    return Picture(
        url=url_for("attachments.show", id=attachment.id),
        thumbnail_url=url_for("attachments.thumbnail", id=attachment.id),
        label=label,
        taken=day_time(attachment.taken_at) if attachment.taken_at else "",
    )
