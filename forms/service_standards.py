"""What an administrator types about the deadlines of a service class."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import IntegerField, SelectField, StringField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from domain.durations import minutes_of, text_of
from domain.standards import BY_STANDARD, Allowance, Clock, Standard
from forms.edit import EditForm
from forms.fields import PLEASE_FILL_IN, LocalMomentField, plain

WORKING, ANY_TIME = "working", "any_time"
CALENDARS = ((WORKING, _l("Working hours")), (ANY_TIME, _l("Round the clock")))
USUAL_WARNING = 70


def percent(label: Any, lowest: int, default: int) -> IntegerField:
    """A share in whole percent."""
    between = NumberRange(lowest, 100, _l("A whole number from %(low)d to 100, please.", low=lowest))
    return IntegerField(label, validators=[InputRequired(PLEASE_FILL_IN), between], default=default)


class StandardForm(EditForm):
    """Length, calendar and warning of each clock; the three fields of a clock are added below."""

    follow_up_share = percent(_l("Share of completed requests to be called (percent)"), 0, 100)
    valid_from = LocalMomentField(_l("Valid from"), validators=[Optional()])

    def rows(self) -> list[tuple[Clock, Any, Any, Any]]:
        """The clocks with their three fields, as the table shows them."""
        return [(c, self[f"{c}_length"], self[f"{c}_calendar"], self[f"{c}_warning"]) for c in BY_STANDARD]

    @property
    def standard(self) -> Standard:
        """What was typed; a clock without a length has no deadline."""
        return {
            clock: Allowance(length.minutes, calendar.data == ANY_TIME, warning.data)
            for clock, length, calendar, warning in self.rows()
            if length.minutes
        }


class LengthField(StringField):
    """A length of time in words: "30", "2 h", "1 d". After validation `minutes` is what it means, None for nothing."""

    minutes: int | None = None

    def __init__(self, label: Any, clock: Clock, **options: Any):
        super().__init__(label, filters=[plain], **options)
        self.clock = clock

    def pre_validate(self, form: Any) -> None:
        """Read it, in the days of the calendar beside it."""
        round_the_clock = form[f"{self.clock}_calendar"].data == ANY_TIME
        try:
            self.minutes = minutes_of(self.data or "", round_the_clock=round_the_clock)
        except ValueError as error:
            raise ValidationError(_(str(error))) from None


for clock in BY_STANDARD:
    setattr(StandardForm, f"{clock}_length", LengthField(_l(clock.label), clock))
    setattr(StandardForm, f"{clock}_calendar", SelectField(_l("Counts"), choices=CALENDARS, default=WORKING))
    setattr(StandardForm, f"{clock}_warning", percent(_l("Warn after (percent)"), 1, USUAL_WARNING))


def as_typed(standard: Standard) -> dict[str, object]:
    """A standard as its form begins."""
    typed: dict[str, object] = {}
    for clock, allowance in standard.items():
        typed[f"{clock}_length"] = text_of(allowance.minutes, round_the_clock=allowance.round_the_clock)
        typed[f"{clock}_calendar"] = ANY_TIME if allowance.round_the_clock else WORKING
        typed[f"{clock}_warning"] = allowance.warn_percent
    return typed
