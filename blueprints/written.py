"""What was typed with an entry of a phone, as people read it: also where no form can be filled in with it any more."""

from collections.abc import Iterator
from typing import Any

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FileField, HiddenField
from wtforms.fields.choices import SelectFieldBase

from domain.lifecycle import ACTIONS
from forms.base import BOOKKEEPING, ActionForm
from forms.hand_over import HandOverForm
from forms.lifecycle import FORMS

NOT_WORDS = BOOKKEEPING | {"back", "photos_to_come", "audience", "job_id"}


def action_label(name: str) -> str:
    """The name of an action in the reader's language; of one we do not know, as it is."""
    return _(ACTIONS[name].label) if name in ACTIONS else name


def typed_in(entry: Any) -> list[tuple[str, str]]:
    """Label and text of all that was typed or chosen, in the order of its form; then what the form does not know."""
    form = form_for(entry.action, entry.fields)
    read = [(field.label.text, text) for field in form for text in texts_of(field)]
    unknown = sorted(name for name in entry.fields if name not in form and name not in NOT_WORDS)
    return read + [(name, text) for name in unknown for text in values_of(entry.fields[name]) if text]


def form_for(action: str, fields: Any) -> ActionForm:
    """The form of the action, filled in as it was sent; nobody will send it again."""
    sent = MultiDict((name, value) for name, values in fields.items() for value in values_of(values))
    form = HandOverForm if action == "register" else FORMS.get(action, ActionForm)
    return form(formdata=sent, meta={"csrf": False})


def texts_of(field: Any) -> Iterator[str]:
    """What stands in a field, in words; nothing where it is empty, a file, or only the key of a row."""
    if field.name in NOT_WORDS or isinstance(field, HiddenField | FileField | BooleanField):
        return
    said = [text for text in field.raw_data or [] if isinstance(text, str) and text.strip()]
    if isinstance(field, SelectFieldBase):
        choices = field.choices() if callable(field.choices) else field.choices or []
        labels = dict(choices)
        yield from (str(labels[text]) for text in said if text in labels)
    else:
        yield from said


def values_of(values: Any) -> list[str]:
    """One value or several, as texts."""
    return [str(value) for value in values] if isinstance(values, list) else [str(values)]
