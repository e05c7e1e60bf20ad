"""What every form has in common."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from wtforms import FileField, HiddenField

from domain.days import by_our_clock, moment_of
from domain.errors import Incomplete
from forms.photos import photos_named
from forms.sent import SentForm

BOOKKEEPING = frozenset({"csrf_token", "event_id", "happened_at", "sent_at", "seen", "photos_to_come"})
LARGEST = 2**31 - 1


class LastField(HiddenField):
    """Of several values under its name the last one counts: what a script adds to what the page had."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.type = HiddenField.__name__  # by which templates know what has no label

    def process_formdata(self, valuelist: list[Any]) -> None:
        super().process_formdata(valuelist[-1:])


class ActionForm(SentForm):
    """The form of one action, the same at a desk and on a phone.

    The client names what it creates: `event_id` is made anew for each form drawn, and by the script for each tap, so
    that sending twice happens once. `happened_at` is the tap and `sent_at` the sending, both by the sender's clock.
    `seen` is the version of the request on the sender's screen. `photos_to_come` names the photos a phone sends after
    the words.
    """

    event_id = HiddenField(default=lambda: str(uuid4()))
    happened_at = HiddenField()
    sent_at = HiddenField()
    seen = HiddenField()
    photos_to_come = LastField()

    @property
    def details(self) -> dict[str, Any]:
        """What was typed, by field name, ready to be kept as JSON; empty fields are left out."""
        return {
            field.name: written(field.data)
            for field in self
            if field.name not in BOOKKEEPING and not isinstance(field, FileField) and field.data not in (None, "", [])
        }

    def has_photos(self, field: str) -> bool:
        """Whether photos came in this field, or will follow."""
        return bool(self[field].files) or any(
            photo["field"] == field for photo in photos_named(self.photos_to_come.data) or ()
        )

    @property
    def kept_words(self) -> list[tuple[str, str]]:
        """Label and text of what was typed by hand, to be kept where the form itself no longer can be sent."""
        typed = [(field.label.text, field.data) for field in self if field.type in ("TextAreaField", "StringField")]
        return [(str(label), text) for label, text in typed if text]

    def check(self) -> None:
        """Raises Incomplete for a form with faults; each is said at its field."""
        if not self.validate():
            raise Incomplete()

    @property
    def entries(self) -> list[dict[str, Any]]:
        """The details of each event this form causes: one, unless the form says otherwise."""
        return [self.details]

    def prepare(self, subject: Any, viewer: Any) -> None:
        """Fill in what depends on the subject: choices, and what the form begins with. Nothing, by default."""

    def focus_first(self) -> None:
        """Let the first field take the focus when the form appears."""
        first = next((field for field in self if not isinstance(field, HiddenField)), None)
        if first:
            first.render_kw = {**(first.render_kw or {}), "data-focus": True}

    def renew(self, version: int) -> None:
        """Let the same words be sent again, as another event, by somebody who has seen this version."""
        self.event_id.data, self.seen.data = str(uuid4()), version

    @property
    def bookkeeping(self) -> dict[str, Any]:
        """The arguments of perform() that no person types. What cannot be read counts as not sent."""
        return {
            "event_id": read(UUID, self.event_id.data),
            "happened_at": by_our_clock(
                moment_of(self.happened_at.data), moment_of(self.sent_at.data), datetime.now(UTC)
            ),
            "seen": read(int, self.seen.data),
        }

    def refuse(self, field: str, sentence: str) -> None:
        """Say at the field what the house refused after the form itself had nothing against it."""
        target = self[field] if field in self else next(f for f in self if f.name not in BOOKKEEPING)
        target.errors = (*target.errors, sentence)


def read(reader: Any, text: str | None) -> Any:
    """The text as read, or None when there is none or it cannot be read."""
    try:
        return reader(text) if text else None
    except ValueError:
        return None


def number(value: Any) -> int | None:
    """A whole number that both databases can keep; None for anything else."""
    found = read(int, str(value or ""))
    return found if found is not None and 0 <= found <= LARGEST else None


def written(value: Any) -> Any:
    """A value as JSON can keep it."""
    if isinstance(value, list):
        return [written(one) for one in value]
    return (
        value
        if isinstance(value, str | int | bool | dict)
        else value.isoformat()
        if hasattr(value, "isoformat")
        else str(value)
    )
