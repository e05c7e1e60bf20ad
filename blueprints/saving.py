"""A form that is sent, judged, and saved."""

from collections.abc import Callable
from typing import Any

from blueprints.errors import sentence_of
from domain.errors import ChangedMeanwhile, Invalid
from forms.plain import PlainForm


def accepted(form: Any, save: Callable[[], object]) -> bool:
    """Whether the form was sent, had no faults, and was saved. What the house refuses is said at its field.

    What somebody else has saved meanwhile is shown at the fields, and what was typed stays.
    """
    if not form.validate_on_submit():
        return False
    try:
        save()
    except Invalid as refusal:
        form.refuse(refusal.field, sentence_of(refusal))
        return False
    except ChangedMeanwhile as refusal:
        form.show_changes(sentence_of(refusal))
        return False
    return True


def http_status(form: PlainForm) -> int:
    """The HTTP status of the page on which this form stands."""
    return 409 if form.is_overtaken else 422 if form.errors else 200
