"""How a phone says it is."""

from datetime import UTC, datetime
from typing import Any

from wtforms import HiddenField, IntegerField
from wtforms.validators import NumberRange, Optional

from domain.days import by_our_clock, moment_of
from forms.sent import SentForm

YES_OR_NO = {"yes": True, "no": False}


def count() -> IntegerField:
    """How many entries."""
    return IntegerField(default=0, validators=[Optional(), NumberRange(0, 100_000)])


class CheckInForm(SentForm):
    """Filled in by the phone itself: what waits on it, whether its storage is safe, what it was built from."""

    waiting = count()
    attention = count()
    refused = count()
    oldest = HiddenField()
    sent_at = HiddenField()
    persisted = HiddenField()
    installed = HiddenField()
    lost = HiddenField()
    build = HiddenField()

    @property
    def standing(self) -> dict[str, Any]:
        """The columns of a phone's row, by our clock; what cannot be read counts as not said."""
        oldest = by_our_clock(moment_of(self.oldest.data), moment_of(self.sent_at.data), datetime.now(UTC))
        counts = {name: self[name].data or 0 for name in ("waiting", "attention", "refused") if not self[name].errors}
        return counts | {
            "oldest_at": oldest,
            "persisted": YES_OR_NO.get(self.persisted.data or ""),
            "installed": self.installed.data == "yes",
            "build": (self.build.data or "")[:40],
        }

    @property
    def has_lost_its_storage(self) -> bool:
        """Whether the phone found its storage emptied, with whatever waited in it."""
        return self.lost.data == "yes"
