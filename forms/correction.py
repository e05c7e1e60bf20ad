"""Putting right what was written down wrongly."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import Optional, ValidationError

from domain.kinds import Kind
from domain.unit_labels import label_of
from forms.base import ActionForm
from forms.category_groups import category_groups
from forms.fields import caller_number, choice, half_width, line, local_name
from queries import categories, places


class CorrectForm(ActionForm):
    """Everything but the words: those stay as they were said. Only what differs is sent."""

    kind = choice(_l("Kind"), Kind)
    category_id = SelectField(_l("Category"), choices=[], validators=[Optional()])
    unit = line(_l("Unit"), filters=(half_width,), longest=40, placeholder="3-2-501", autocomplete="off")
    place = line(_l("Common area or other place"))
    caller_name = line(_l("Caller"))
    caller_phone = line(_l("Phone number"), filters=(half_width,), longest=40, inputmode="tel", autocomplete="off")

    def prepare(self, subject: Any, viewer: Any) -> None:
        """Begin with what is written down."""
        self.subject = subject
        self.found: Any = None  # an emptied unit is looked up nowhere
        self.category_id.choices = category_groups(categories.tree(viewer), local_name)
        if not self.is_submitted():
            for name, value in self.written_down.items():
                self[name].data = value

    @property
    def written_down(self) -> dict[str, str]:
        """What stands there now, by field name."""
        subject = self.subject
        return {
            "kind": subject.kind.value,
            "category_id": str(subject.category_id or ""),
            "unit": subject.unit.label if subject.unit else "",
            "place": subject.place,
            "caller_name": subject.caller_name,
            "caller_phone": subject.caller_phone,
        }

    def validate_unit(self, field: Any) -> None:
        """A unit of the site, however it is written: 3-2-501, 3栋2单元501."""
        self.found = places.unit_of_label(label_of(field.data), self.subject.site_id) if field.data else None
        if field.data and self.found is None:
            raise ValidationError(_("There is no unit with this number at this site."))
        field.data = self.found.label if self.found else field.data

    def validate_caller_phone(self, field: Any) -> None:
        """Kept as the other numbers are."""
        if field.data:
            field.data = caller_number(field.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """Something must differ."""
        fine = super().validate(extra_validators)
        if fine and not self.details["corrected"]:
            self.kind.errors = [_("Nothing has been changed.")]
            return False
        return fine

    @property
    def details(self) -> dict[str, Any]:
        """What differs, as columns: a unit is kept by its id, and brings its building."""
        typed = {name: self[name].data or "" for name in self.written_down}
        corrected: dict[str, Any] = {
            name: typed[name] for name, before in self.written_down.items() if typed[name] != before
        }
        if "category_id" in corrected:
            corrected["category_id"] = corrected["category_id"] or None
        if corrected.pop("unit", None) is not None:
            corrected["unit_id"] = str(self.found.id) if self.found else None
            if self.found and self.found.building_id != self.subject.building_id:
                corrected["building_id"] = str(self.found.building_id)
        return {"corrected": corrected}
