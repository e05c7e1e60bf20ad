"""Fields that several forms share: words, choices of an enumeration, moments on the site's wall clock."""

import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any

import phonenumbers
from flask_babel import get_locale, get_timezone, to_utc
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, DateTimeLocalField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from domain.days import EARLIEST, LATEST
from domain.labelled import Labelled
from domain.phone_numbers import has_digits, normalised

FIRST_DAY, LAST_DAY = EARLIEST.date(), LATEST.date()
LOCAL_FORMAT = "%Y-%m-%dT%H:%M"
CONTROL = dict.fromkeys({*range(32), 127} - {ord(sign) for sign in "\n\r\t"})
PLEASE_FILL_IN = _l("Please fill this in.")


def plain(text: str | None) -> str | None:
    """What was typed, without spaces around it and without control characters, which no person types."""
    return text.translate(CONTROL).strip() if text else text


def half_width(text: str | None) -> str | None:
    """Signs typed in a Chinese input method as the ones that are stored: ３－２－５０１ is 3-2-501."""
    return plain(unicodedata.normalize("NFKC", text)) if text else text


def prose(label: Any, *, required: bool = False, longest: int = 2000, **render: Any) -> TextAreaField:
    """Several lines of words."""
    return TextAreaField(label, filters=[plain], validators=checks(required, longest), render_kw={"rows": 3, **render})


def line(label: Any, *, required: bool = False, longest: int = 200, filters=(plain,), **render: Any) -> StringField:
    """One line of words."""
    return StringField(label, filters=filters, validators=checks(required, longest), render_kw=render)


def checks(required: bool, longest: int) -> list[Any]:
    """Present if it must be, and never longer than what can be kept."""
    presence = DataRequired(PLEASE_FILL_IN) if required else Optional()
    return [presence, Length(max=longest, message=_l("At most %(max)d characters, please.", max=longest))]


def labels_of(members: Iterable[Labelled]) -> list[tuple[str, str]]:
    """The choices of an enumeration, in the reader's language."""
    return [(member.value, _(member.label)) for member in members]


def local_name(row: Any) -> str:
    """The name of a site, building, department or category in the reader's language."""
    return row.name_en if row.name_en and str(get_locale()) == "en" else row.name


def choice(label: Any, members: Iterable[Labelled], *, required: bool = True, **options: Any) -> RadioField:
    """One member of an enumeration. What was sent is judged by the values alone: labels are for whoever draws them."""
    presence = InputRequired(_l("Please choose one.")) if required else Optional()
    checks = [presence, MemberOf(members)]
    return RadioField(label, choices=lambda: labels_of(members), validate_choice=False, validators=checks, **options)


class MemberOf:
    """A validator: the value of one of these members."""

    def __init__(self, members: Iterable[Labelled]) -> None:
        self.values = frozenset(member.value for member in members)

    def __call__(self, form: Any, field: Any) -> None:
        if field.data not in self.values:
            raise ValidationError(_("Please choose one of these."))


class ChipsField(SelectMultipleField):
    """Several of some choices, each one tap."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class DayField(DateField):
    """A local day between `first` and the end of the century."""

    data: Any

    def __init__(self, label: Any, validators: list[Any] | None = None, *, first: date = FIRST_DAY, **more: Any):
        super().__init__(label, validators, **more)
        self.first = first

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it, or say what a day looks like."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("A day looks like 2026-11-22.")) from None
        if self.data and not self.first <= self.data <= LAST_DAY:
            self.data = None
            raise ValueError(_("A day looks like 2026-11-22."))


class LocalMomentField(DateTimeLocalField):
    """A moment typed on the site's wall clock; `data` is aware and in UTC."""

    def __init__(self, label: Any, validators: list[Any], **options: Any):
        super().__init__(label, validators, format=[LOCAL_FORMAT, LOCAL_FORMAT + ":%S"], **options)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read it, and say which clock it was read from."""
        try:
            super().process_formdata(valuelist)
        except ValueError:
            raise ValueError(_("Please give a day and a time.")) from None
        typed: datetime | None = self.data
        is_of_our_days = typed is not None and EARLIEST.year <= typed.year < LATEST.year
        self.data: datetime | None = to_utc(typed).replace(tzinfo=UTC) if is_of_our_days else None
        if typed and not is_of_our_days:
            raise ValueError(_("Please give a day and a time."))

    def _value(self) -> str:
        if self.raw_data:
            return " ".join(self.raw_data)
        return self.data.astimezone(get_timezone()).strftime(LOCAL_FORMAT) if self.data else ""


def in_the_future(form: Any, field: Any) -> None:
    """A validator: what is promised or planned lies ahead."""
    if field.data and field.data <= datetime.now(UTC):
        raise ValidationError(_("This moment is already past."))


def number_of(typed: str) -> str:
    """A telephone number as it is kept, E.164: +8613812345678. Raises ValidationError for what is none."""
    try:
        number = phonenumbers.parse(typed, "CN")
    except phonenumbers.NumberParseException:
        raise ValidationError(_("This is not a telephone number.")) from None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def caller_number(typed: str) -> str:
    """The number a caller left, so that it can be found and dialled again. Raises ValidationError for what is none."""
    if not has_digits(typed):
        raise ValidationError(_("This is not a telephone number."))
    return normalised(typed)
