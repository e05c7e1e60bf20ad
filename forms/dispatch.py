"""Sending a service request to those who do the work: departments, persons, or several of them at once."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField
from wtforms.validators import InputRequired, Optional, ValidationError

from forms.base import ActionForm, read
from forms.fields import LocalMomentField, in_the_future, prose
from queries import candidates


class DispatchForm(ActionForm):
    """Each target becomes a job of its own.

    A target is `department:<id>` or `holder:<id>`. Where a person is chosen, their department is not a second target:
    an order to a person reaches their head anyway.
    """

    targets = SelectMultipleField(
        _l("Who does it"), choices=[], validate_choice=False, validators=[InputRequired(_l("Choose at least one."))]
    )
    instruction = prose(_l("Instruction"), longest=1000)
    appointment_at = LocalMomentField(_l("Appointment with the resident"), [Optional(), in_the_future])

    def prepare(self, subject: Any, viewer: Any) -> None:
        """Look up who could do it; begin with the department that usually does."""
        self.branches = candidates.for_dispatch(subject)
        if not self.is_submitted():
            self.targets.data = [f"department:{b.department.id}" for b in self.branches if b.is_usual]

    def validate_targets(self, field: Any) -> None:
        """Forged or damaged targets are no targets; whether they may take jobs here is perform()'s to say."""
        for target in field.data:
            sort, _colon, id = target.partition(":")
            if sort not in ("department", "holder") or read(UUID, id) is None:
                raise ValidationError(_("Choose a department or a person of this site."))

    @property
    def entries(self) -> list[dict[str, Any]]:
        """The details of each dispatch, one for each target."""
        shared = {name: value for name, value in self.details.items() if name != "targets"}
        chosen = dict.fromkeys(self.targets.data)
        reached = {
            f"department:{branch.department.id}"
            for branch in self.branches
            if any(f"holder:{colleague.user.id}" in chosen for colleague in branch.colleagues)
        }
        return [
            shared | {f"{sort}_id": id} for sort, _colon, id in (t.partition(":") for t in chosen if t not in reached)
        ]

    def refuse(self, field: str, sentence: str) -> None:
        """perform() speaks of one target; here they are several."""
        super().refuse("targets" if field == "target" else field, sentence)
