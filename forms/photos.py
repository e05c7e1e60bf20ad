"""The field for photos, the same in every form that takes them."""

import json
import re
from base64 import b64decode
from io import BytesIO
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, MultipleFileField
from wtforms.validators import ValidationError

MOST_PHOTOS = 12  # of one entry
SHA256 = re.compile(r"[0-9a-f]{64}")
DRAWN = re.compile(r"data:image/png;base64,([A-Za-z0-9+/]{1,60000}={0,2})")
KINDS_OF_FILE = "image/*,.heic,.heif"  # a phone offers its camera, too


class PhotosField(MultipleFileField):
    """Photos as chosen or taken. They are no words: `details` leaves them out, actions/attachments.py verifies them."""

    def __init__(self, label: Any = None, **options: Any) -> None:
        options.setdefault("render_kw", {"accept": KINDS_OF_FILE})
        super().__init__(label or _l("Photos"), **options)

    @property
    def files(self) -> list[Any]:
        """The files chosen, without the empty part a browser sends for none."""
        return [file for file in self.data or [] if getattr(file, "filename", "")]


def photos_named(text: str | None) -> list[dict[str, Any]] | None:
    """The photos a phone will send after the words: field, sha256, name, size, type. None if it cannot be read."""
    try:
        named = json.loads(text or "[]")
    except (ValueError, RecursionError):
        return None
    if not isinstance(named, list) or len(named) > MOST_PHOTOS or not all(is_a_photo(one) for one in named):
        return None
    return [
        {
            **{name: printable(one.get(name, "")) for name in ("field", "name", "type")},
            "sha256": one["sha256"],
            "size": one["size"] if isinstance(one.get("size"), int) else 0,
        }
        for one in named
    ]


def is_a_photo(one: Any) -> bool:
    """Whether this names a photo by its content."""
    return isinstance(one, dict) and bool(SHA256.fullmatch(str(one.get("sha256", ""))))


def printable(text: Any) -> str:
    """As much of it as a name needs."""
    return "".join(letter for letter in str(text) if letter.isprintable())[:200]


class DrawnPicture(BytesIO):
    """A picture drawn on the page, as if it had been chosen as a file."""

    filename = "signature.png"


class SignatureField(HiddenField):
    """A name drawn with a finger, sent among the words as a picture's data URL; empty where nobody signed."""

    @property
    def files(self) -> list[DrawnPicture]:
        """The picture, as if it had been chosen as a file."""
        drawn = DRAWN.fullmatch(self.data or "")
        return [DrawnPicture(b64decode(drawn[1]))] if drawn else []

    def pre_validate(self, form: Any) -> None:
        """Nothing else than a small picture, or nothing."""
        if self.data and not self.files:
            raise ValidationError(_("The signature cannot be read. Please sign again."))
