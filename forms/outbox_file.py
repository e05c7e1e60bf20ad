"""The file of a phone that could not deliver its entries."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired, FileSize
from wtforms import StringField

from domain.outbox_file import MOST_BYTES
from forms.plain import PlainForm


class OutboxFileForm(PlainForm):
    """Looked at first, then brought in."""

    then = StringField(default="look")  # which button was pressed
    file = FileField(
        _l("File"),
        validators=[
            FileRequired(_l("Please choose a file.")),
            FileSize(MOST_BYTES, message=_l("The file is too large: 64 MB is the most.")),
        ],
        render_kw={"accept": ".json,application/json"},
    )

    @property
    def is_meant(self) -> bool:
        """Whether it is to be brought in, and not only looked at."""
        return self.then.data == "bring"

    @property
    def content(self) -> Any:
        """What is in the file, in bytes."""
        return self.file.data.read()
