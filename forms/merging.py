"""Saying that two service requests are about one thing."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import ValidationError

from forms.base import ActionForm, read
from forms.fields import half_width, line, prose
from queries import candidates


class MergeForm(ActionForm):
    """The survivor, picked from what looks alike or typed by its number."""

    survivor_id = RadioField(_l("It is the same as"), validate_choice=False, choices=[])
    reference = line(_l("Or its number"), filters=(half_width,), longest=40, autocomplete="off")
    words = prose(_l("Words"), longest=1000)

    def prepare(self, subject: Any, viewer: Any) -> None:
        """Suggest the open requests of the same place or category."""
        self.subject, self.viewer = subject, viewer
        self.alike = candidates.survivors(subject, viewer=viewer)
        self.survivor_id.choices = [(str(other.id), other.reference) for other in self.alike]

    def validate_survivor_id(self, field: Any) -> None:
        """A typed number wins over a picked one."""
        if self.reference.data:
            field.data = candidates.survivor_id(self.reference.data.upper(), viewer=self.viewer)
        if not read(UUID, str(field.data or "")):
            missing = _("There is no such request.") if self.reference.data else _("Choose one, or type its number.")
            raise ValidationError(missing)

    @property
    def details(self) -> dict[str, Any]:
        """The survivor by its id alone."""
        return {name: value for name, value in super().details.items() if name != "reference"}
