"""What an administrator types about a category."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField
from wtforms.validators import Regexp

from domain.kinds import Kind
from domain.service_classes import ServiceClass
from forms.edit import EditForm
from forms.fields import half_width, labels_of, line


class CategoryForm(EditForm):
    """One node of the tree."""

    name = line(_l("Name in Chinese"), required=True, longest=40)
    name_en = line(_l("Name in English"), required=True, longest=80)
    service_class = SelectField(_l("Service class"))
    department_code = SelectField(_l("Usual department"))
    emergency_kind = SelectField(_l("One-tap emergency"))
    is_quick = BooleanField(_l("Offered to guards as one tap"))

    def offer(self, departments: list[tuple[str, str]]) -> None:
        """What there is to choose from."""
        self.service_class.choices = [("", _("As the kind says")), *labels_of(ServiceClass)]
        self.department_code.choices = [("", _("As the branch above says")), *departments]
        self.emergency_kind.choices = [("", _("No")), *labels_of(Kind)]

    @property
    def details(self) -> dict[str, Any]:
        """As actions/categories reads it."""
        chosen = {name: self[name].data or None for name in ("service_class", "department_code", "emergency_kind")}
        if chosen["service_class"]:
            chosen["service_class"] = ServiceClass(chosen["service_class"])
        if chosen["emergency_kind"]:
            chosen["emergency_kind"] = Kind(chosen["emergency_kind"])
        return chosen | {"name": self.name.data, "name_en": self.name_en.data, "is_quick": self.is_quick.data}


class NewCategoryForm(CategoryForm):
    """A new node has a code, too, by which imports know it."""

    code = line(
        _l("Code"), required=True, longest=40, filters=(half_width,),
        autocapitalize="none",
    )  # fmt: skip

    def validate_code(self, field: Any) -> None:
        """Plain letters, so that it is the same in every file."""
        Regexp(r"[a-z0-9_-]+$", message=_("Small letters, digits and dashes, please."))(self, field)

    @property
    def details(self) -> dict[str, Any]:
        return super().details | {"code": self.code.data}
