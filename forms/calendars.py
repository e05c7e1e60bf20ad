"""What an administrator types about working hours."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField, RadioField, StringField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from domain.calendars import Week
from domain.wording import N_
from domain.working_hours import spans_of, text_of
from forms.fields import PLEASE_FILL_IN, DayField, half_width, line
from forms.plain import PlainForm

DAYS = {
    "monday": N_("Monday"), "tuesday": N_("Tuesday"), "wednesday": N_("Wednesday"), "thursday": N_("Thursday"),
    "friday": N_("Friday"), "saturday": N_("Saturday"), "sunday": N_("Sunday"),
}  # fmt: skip
FIRST_YEAR, LAST_YEAR = 2000, 2100


class HoursField(StringField):
    """The hours of one weekday: `8:30-12:00, 13:30-17:30`; empty when nobody works. After validation `spans`."""

    spans: tuple = ()

    def pre_validate(self, form: Any) -> None:
        """Read them."""
        try:
            self.spans = spans_of(self.data or "")
        except ValueError as error:
            raise ValidationError(_(str(error))) from None


class WeekForm(PlainForm):
    """The hours of a week, from a day on; the seven days are added below."""

    valid_from = DayField(_l("Valid from"), validators=[InputRequired(PLEASE_FILL_IN)])

    @property
    def days(self) -> list[HoursField]:
        """Monday first."""
        return [self[name] for name in DAYS]

    @property
    def week(self) -> Week:
        """As the domain reads it."""
        return tuple(field.spans for field in self.days)


for name, label in DAYS.items():
    setattr(WeekForm, name, HoursField(_l(label), filters=[half_width]))


def as_typed(week: Week, valid_from: date) -> dict[str, object]:
    """A week as its form begins."""
    return {"valid_from": valid_from} | {name: text_of(day) for name, day in zip(DAYS, week, strict=True)}


class SpecialDayForm(PlainForm):
    """One holiday, or one day worked in its place."""

    day = DayField(_l("Day"), validators=[InputRequired(PLEASE_FILL_IN)])
    is_working = RadioField(
        _l("On this day"), choices=[("no", _l("Nobody works")), ("yes", _l("Is worked"))], default="no"
    )
    name = line(_l("Occasion"), longest=40)
    everywhere = BooleanField(_l("At every site of the company"))


class YearForm(PlainForm):
    """A year to import."""

    year = IntegerField(_l("Year"), validators=[InputRequired(PLEASE_FILL_IN), NumberRange(FIRST_YEAR, LAST_YEAR)])
