"""A form that is sent, judged, and saved."""

from collections.abc import Callable

from blueprints.errors import sentence_of
from domain.errors import Invalid
from forms.plain import PlainForm


def accepted(form: PlainForm, save: Callable[[], object]) -> bool:
    """Whether the form was sent, had no faults, and was saved. What the house refuses is said at its field."""
    if not form.validate_on_submit():
        return False
    try:
        save()
    except Invalid as refusal:
        form.refuse(refusal.field, sentence_of(refusal))
        return False
    return True
