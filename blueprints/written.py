"""What was typed with an entry of a phone, as people read it: also where no form can be filled in with it any more."""

from collections.abc import Iterator, Mapping
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import BooleanField, FileField, HiddenField
from wtforms.fields.choices import SelectFieldBase

from blueprints.display import day_time
from blueprints.verdicts import refused_because
from domain.days import moment_of
from domain.lifecycle import ACTIONS
from forms.base import BOOKKEEPING, ActionForm, read
from forms.hand_over import HandOverForm
from forms.lifecycle import FORMS

Names = Mapping[UUID, str]  # of colleagues, categories and buildings, by their keys
NOBODY: Names = {}
NOT_WORDS = BOOKKEEPING | {"back", "photos_to_come", "audience", "job_id"}


def action_label(name: str) -> str:
    """The name of an action in the reader's language; of one we do not know, as it is."""
    return _(ACTIONS[name].label) if name in ACTIONS else name


def reason_of(entry: Any) -> str:
    """Why an entry was not done: the house's reason; or who brought it in a file, and how old that is."""
    if not entry.is_brought:
        return refused_because(entry)
    made_at, name = moment_of(entry.answer.get("made_at")), entry.answer.get("brought_by")
    if made_at is None:
        return _("%(name)s brought this in a file of the phone; it was not done.", name=name)
    time = day_time(made_at)
    return _("%(name)s brought this in a file the phone made on %(time)s; it was not done.", name=name, time=time)


def typed_in(entry: Any, names: Names = NOBODY) -> list[tuple[str, str]]:
    """Label and text of all that was typed or chosen, in the order of its form; then what the form does not know.

    `names` are those of the rows that were chosen, by their keys; a key without a name is left out.
    """
    form = form_for(entry.action, entry.fields)
    read = [(field.label.text, text) for field in form for text in texts_of(field, names)]
    unknown = sorted(name for name in entry.fields if name not in form and name not in NOT_WORDS)
    return read + [(name, text) for name in unknown for text in values_of(entry.fields[name]) if text]


def form_for(action: str, fields: Any) -> ActionForm:
    """The form of the action, filled in as it was sent; nobody will send it again."""
    sent = MultiDict((name, value) for name, values in fields.items() for value in values_of(values))
    form = HandOverForm if action == "register" else FORMS.get(action, ActionForm)
    return form(formdata=sent, meta={"csrf": False})


def texts_of(field: Any, names: Names) -> Iterator[str]:
    """What stands in a field, in words; nothing where it is empty, a file, or only the key of a row."""
    if field.name in NOT_WORDS or isinstance(field, HiddenField | FileField | BooleanField):
        return
    said = [text for text in field.raw_data or [] if isinstance(text, str) and text.strip()]
    if isinstance(field, SelectFieldBase):
        choices = field.choices() if callable(field.choices) else field.choices or []
        labels = {value: str(label) for value, label in choices}
        yield from filter(None, (chosen(text, labels, names) for text in said))
    else:
        yield from said


def chosen(text: str, labels: Mapping[str, str], names: Names) -> str | None:
    """What was chosen: the name of the row whose key this is, if it is known, or the label of the choice."""
    key = read(UUID, text.removeprefix("holder:"))
    return names.get(key) if key else labels.get(text, text)


def values_of(values: Any) -> list[str]:
    """One value or several, as texts."""
    return [str(value) for value in values] if isinstance(values, list) else [str(values)]
