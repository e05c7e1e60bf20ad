"""A field for one of many rows."""

import re
from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _
from wtforms import SelectField
from wtforms.validators import Optional, ValidationError

NAMES_A_ROW = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class OfferedField(SelectField):
    """One of many rows, which are asked for only where they are drawn.

    What was sent has to name a row, `<uuid>`, or `<kind>:<uuid>` where there are `kinds`; whether there is such a row
    here is for the action to say.
    """

    def __init__(self, label: Any, *, kinds: Collection[str] = ("",), **options: Any) -> None:
        super().__init__(label, choices=[], validate_choice=False, validators=[Optional()], **options)
        self.kinds = kinds

    def pre_validate(self, form: Any) -> None:
        """Refuse what names none. Raises ValidationError."""
        kind, _colon, id = (self.data or "").rpartition(":")
        if self.data and (kind not in self.kinds or not NAMES_A_ROW.fullmatch(id)):
            raise ValidationError(_("Please choose one of these."))
