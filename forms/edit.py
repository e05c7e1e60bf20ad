"""A form that overwrites what is there."""

from typing import Any

from flask_babel import gettext as _
from wtforms import BooleanField, HiddenField, StringField
from wtforms.fields.choices import SelectFieldBase

from forms.plain import PlainForm


class EditForm(PlainForm):
    """It begins with what is stored, and `seen` says what that was: see queries/seen."""

    seen = HiddenField()

    def show_changes(self, sentence: str) -> None:
        """Somebody else was faster: what was typed stays, and at each field that differs stands what is stored now.

        Sent again, the form has seen that.
        """
        self.is_overtaken, self.seen.data = True, self.seen.object_data
        self.form_errors = [sentence]
        for field in self:
            if not isinstance(field, HiddenField):
                typed, stored = (self.words_of(field, value) for value in (typed_in(field), field.object_data))
                if typed != stored:
                    field.errors = (*field.errors, _("Saved now: %(words)s", words=stored or "–"))

    def words_of(self, field: Any, value: Any) -> str:
        """A field's value as people read it."""
        if isinstance(field, BooleanField):
            return _("Yes") if value else _("No")
        if isinstance(field, SelectFieldBase):
            labels, chosen = dict(field.choices), value if isinstance(value, list) else [value or ""]
            return ", ".join(str(labels.get(str(one), one)) for one in chosen)
        return ", ".join(str(value).split("\n")) if value is not None else ""


def typed_in(field: Any) -> Any:
    """What was typed, before a validator made of it what is stored."""
    return field.raw_data[0].replace("\r", "") if isinstance(field, StringField) and field.raw_data else field.data
