"""What is typed about one resident, and about one unit."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, FieldList, Form, FormField, HiddenField, IntegerField, SelectField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional, ValidationError

from domain.homes import TenureKind, UnitUse
from domain.unit_labels import label_of
from forms.edit import EditForm
from forms.fields import PLEASE_FILL_IN, DayField, caller_number, checks, half_width, labels_of, line, prose

FIRST_TENURE = date(1900, 1, 1)
MOST_TENURES, MOST_NUMBERS = 30, 10
LOWEST_FLOOR, HIGHEST_FLOOR = -9, 200


class TenureForm(Form):
    """What ties a resident to one unit; a row left empty says nothing."""

    id = HiddenField()
    unit = line(_l("Unit"), filters=(half_width,), longest=40, placeholder="3-2-501", autocomplete="off")
    kind = SelectField(_l("Is there as"), choices=lambda: labels_of(TenureKind))
    starts_on = DayField(_l("Moved in on"), validators=[Optional()], first=FIRST_TENURE)
    ends_on = DayField(_l("Moved out on"), validators=[Optional()], first=FIRST_TENURE)
    is_mistaken = BooleanField(_l("Was a mistake: take it away"))

    @property
    def is_empty(self) -> bool:
        """Nothing was written in it."""
        return not (self.id.data or self.unit.data or self.starts_on.data or self.ends_on.data)

    def validate_unit(self, field: Any) -> None:
        """Who says since when also says where."""
        if not field.data and not self.is_empty and not self.is_mistaken.data:
            raise ValidationError(PLEASE_FILL_IN)

    def validate_ends_on(self, field: Any) -> None:
        """Nobody moves out before moving in."""
        if field.data and self.starts_on.data and field.data < self.starts_on.data:
            raise ValidationError(_("The end lies before the beginning."))

    @property
    def details(self) -> dict[str, Any]:
        """As actions/residents reads it."""
        return {
            "id": self.id.data, "unit": label_of(self.unit.data or ""), "kind": TenureKind(self.kind.data),
            "starts_on": self.starts_on.data, "ends_on": self.ends_on.data, "is_mistaken": self.is_mistaken.data,
        }  # fmt: skip


class ResidentForm(EditForm):
    """A person or a company: name, numbers, where they live, and what to mind."""

    name = line(_l("Name"), required=True, autocomplete="off")
    is_company = BooleanField(_l("Is a company"))
    phones = TextAreaField(
        _l("Phone numbers"), filters=[half_width], validators=checks(False, 400),
        render_kw={"rows": 3, "inputmode": "tel", "autocomplete": "off"},
    )  # fmt: skip
    note = prose(_l("Remarks"))
    tenures = FieldList(FormField(TenureForm), min_entries=1, max_entries=MOST_TENURES)

    numbers: Sequence[str] = ()  # after validation, as they are kept

    def validate_phones(self, field: Any) -> None:
        """One number a line, each as it is found again."""
        typed = [one.strip() for one in (field.data or "").splitlines() if one.strip()]
        if len(typed) > MOST_NUMBERS:
            raise ValidationError(_("At most %(max)d numbers, please.", max=MOST_NUMBERS))
        self.numbers = list(dict.fromkeys(caller_number(one) for one in typed))

    def words_of(self, field: Any, value: Any) -> str:
        """Units in words, too."""
        return (
            "; ".join(tie for row in value if (tie := tie_in_words(row)))
            if field is self.tenures
            else super().words_of(field, value)
        )

    @property
    def details(self) -> dict[str, Any]:
        """As actions/residents reads it."""
        return {
            "name": self.name.data,
            "is_company": self.is_company.data,
            "note": self.note.data or "",
            "phones": list(self.numbers),
            "tenures": [row.form.details for row in self.tenures if not row.form.is_empty],
        }


def tie_in_words(row: Mapping[str, Any]) -> str:
    """`3-2-501 Owner 2020-05-01 – 2026-11-22`; nothing for a row without a unit, or one to be taken away."""
    if not row.get("unit") or row.get("is_mistaken"):
        return ""
    days = f"{row['starts_on'] or ''} – {row['ends_on'] or ''}".strip(" –")
    return f"{row['unit']} {_(TenureKind(row['kind']).label)} {days}".strip()


def as_typed(resident: Any) -> dict[str, Any]:
    """A resident as the form begins, with an empty row for one more unit."""
    rows = [
        {"id": tenure.id, "unit": tenure.unit.label, "kind": tenure.kind.value, "starts_on": tenure.starts_on,
         "ends_on": tenure.ends_on}
        for tenure in resident.tenures
    ]  # fmt: skip
    return {
        "name": resident.name, "is_company": resident.is_company, "note": resident.note,
        "phones": "\n".join(phone.number for phone in resident.phones), "tenures": [*rows, {}],
    }  # fmt: skip


class UnitForm(EditForm):
    """What a unit is called, and what it is."""

    entrance = line(_l("Entrance"), longest=20, filters=(half_width,))
    number = line(_l("Number"), required=True, longest=20, filters=(half_width,))
    floor = IntegerField(
        _l("Floor"),
        validators=[
            InputRequired(PLEASE_FILL_IN),
            NumberRange(LOWEST_FLOOR, HIGHEST_FLOOR, message=_l("There is no such floor.")),
        ],
    )
    use = SelectField(_l("Used as"), choices=lambda: labels_of(UnitUse))

    @property
    def details(self) -> dict[str, Any]:
        """As actions/residents reads it."""
        return {
            "entrance": label_of(self.entrance.data or ""), "number": label_of(self.number.data),
            "floor": self.floor.data, "use": UnitUse(self.use.data),
        }  # fmt: skip


class MovedOutForm(EditForm):
    """The last day somebody was there."""

    ends_on = DayField(_l("Last day"), validators=[InputRequired(PLEASE_FILL_IN)], first=FIRST_TENURE)
