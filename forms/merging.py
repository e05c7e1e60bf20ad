"""Saying that two service requests are about one thing."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import Optional

from forms.base import ActionForm
from forms.fields import half_width, line, prose
from queries import candidates


class MergeForm(ActionForm):
    """The survivor, picked from what looks alike or typed by its number."""

    survivor_id = RadioField(_l("It is the same as"), validate_choice=False, choices=[], validators=[Optional()])
    reference = line(_l("Or its number"), filters=(half_width,), longest=40, autocomplete="off")
    words = prose(_l("Words"), longest=1000)

    def prepare(self, subject: Any, viewer: Any) -> None:
        """Suggest the open requests of the same place or category."""
        self.subject, self.viewer = subject, viewer
        self.alike = candidates.survivors(subject, viewer=viewer)
        self.survivor_id.choices = [(str(other.id), other.reference) for other in self.alike]

    def validate_reference(self, field: Any) -> None:
        """A typed number wins over a picked one."""
        if field.data:
            self.survivor_id.data = candidates.survivor_id(field.data.upper(), viewer=self.viewer)
        if not self.survivor_id.data:
            raise ValueError(_("There is no such request.") if field.data else _("Choose one, or type its number."))

    @property
    def details(self) -> dict[str, Any]:
        """The survivor by its id alone."""
        return {name: value for name, value in super().details.items() if name != "reference"}
