"""The field for photos, the same in every form that takes them."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import MultipleFileField

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
