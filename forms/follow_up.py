"""The follow-up call: what the resident said, that nobody answered, or that it is not solved after all."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from flask_babel import format_datetime, get_timezone
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired, ValidationError

from domain.days import moment_of
from domain.outcomes import Verdict, VerdictReason
from forms.base import ActionForm
from forms.fields import ChipsField, choice, labels_of, prose

EVENING, MORNING = time(19, 0), time(9, 30)
CHOOSE = _l("Please choose one.")


def reasons_field() -> ChipsField:
    """The ten criteria of service quality, for praise and blame alike."""
    return ChipsField(_l("What for"), choices=lambda: labels_of(VerdictReason))


class CloseForm(ActionForm):
    """The call was answered: the resident's verdict, and what it was for."""

    verdict = choice(_l("What the resident says"), Verdict)
    reasons = reasons_field()
    words = prose(_l("In the resident's words"))


class ReopenForm(ActionForm):
    """Not solved after all. A verdict is kept only where somebody really called."""

    heard = RadioField(
        _l("How we know"),
        choices=lambda: [
            ("called", _("On our follow-up call: not satisfied")),
            ("told", _("The resident came back to us")),
            ("seen", _("We saw it ourselves")),
        ],
        validators=[InputRequired(CHOOSE)],
    )
    reasons = reasons_field()
    words = prose(_l("What is still wrong"), required=True)

    @property
    def details(self) -> dict[str, Any]:
        """As typed, with the verdict a call implies."""
        return super().details | ({"verdict": Verdict.UNSATISFIED.value} if self.heard.data == "called" else {})


class CallNotAnsweredForm(ActionForm):
    """Nobody answered: when to try again. The choices are moments, so that sending twice means the same."""

    next_try_at = RadioField(_l("Try again"), validate_choice=False, validators=[InputRequired(CHOOSE)])
    words = prose(_l("Words"), longest=1000)

    def prepare(self, subject: Any, viewer: Any) -> None:
        """Offer the usual moments; the first is the usual one."""
        self.next_try_at.choices = next_tries(datetime.now(UTC))
        if not self.is_submitted():
            self.next_try_at.data = self.next_try_at.choices[0][0]

    def validate_next_try_at(self, field: Any) -> None:
        """A moment that says its zone, and nothing else."""
        if moment_of(field.data) is None:
            raise ValidationError(_("Please give a day and a time."))


def next_tries(now: datetime) -> list[tuple[str, str]]:
    """In an hour, this evening while it is still day, tomorrow morning: ISO moments and the words for them."""
    local = now.astimezone(get_timezone()).replace(second=0, microsecond=0)
    evening, morning = (datetime.combine(local, at, local.tzinfo) for at in (EVENING, MORNING))
    offered = [(local + timedelta(hours=1), _("In an hour"))]
    if evening - local > timedelta(hours=1):
        offered.append((evening, _("This evening")))
    offered.append((morning + timedelta(days=1), _("Tomorrow morning")))
    return [
        (moment.astimezone(UTC).isoformat(), f"{words} ({format_datetime(moment.astimezone(UTC), 'MM-dd HH:mm')})")
        for moment, words in offered
    ]
