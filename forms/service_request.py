"""What each action on a service request asks a person to fill in. The short ones; the longer ones have a file each."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from domain.outcomes import CancelReason
from domain.service_classes import ServiceClass
from forms.base import ActionForm
from forms.correction import CorrectForm
from forms.dispatch import DispatchForm
from forms.fields import LocalMomentField, choice, in_the_future, prose
from forms.follow_up import CallNotAnsweredForm, CloseForm, ReopenForm
from forms.merging import MergeForm


class ReplyForm(ActionForm):
    """The answer, in the words the resident was given."""

    words = prose(_l("Words to the resident"), required=True, rows=5)


class CancelForm(ActionForm):
    """Why nothing more will be done."""

    reason = choice(_l("Reason"), CancelReason)
    words = prose(_l("Words"))


class ChaseForm(ActionForm):
    """Who urged, and what they said."""

    words = prose(_l("What was said"), longest=1000)


class EscalateForm(ActionForm):
    """Why somebody higher up must look at it."""

    words = prose(_l("Why it goes one step up"), required=True, longest=1000)


class PromiseForm(ActionForm):
    """What the resident was promised, and until when."""

    words = prose(_l("What was promised"), required=True, longest=1000)
    due_at = LocalMomentField(_l("Until"), [InputRequired(_l("Please give a day and a time.")), in_the_future])


class AnnotateForm(ActionForm):
    """A note: among ourselves, or what the resident was told meanwhile."""

    words = prose(_l("Note"), required=True)
    audience = RadioField(
        _l("For whom"),
        choices=lambda: [("internal", _("Among ourselves")), ("resident", _("The resident was told this"))],
        default="internal",
    )


class ReclassifyForm(ActionForm):
    """Another service class, with its deadlines from now on."""

    service_class = choice(_l("Service class"), ServiceClass)
    words = prose(_l("Reason"), longest=1000)

    def prepare(self, subject: Any, viewer: Any) -> None:
        """Begin with the class it has."""
        if not self.is_submitted():
            self.service_class.data = subject.service_class.value


class VerifyForm(ActionForm):
    """What the second person found."""

    words = prose(_l("What was found"), longest=1000)


class CloseWithoutCallForm(ActionForm):
    """Why nobody was called."""

    words = prose(_l("Why no call is needed"), required=True, longest=1000)


FORMS: dict[str, type[ActionForm]] = {
    "dispatch": DispatchForm,
    "reply": ReplyForm,
    "verify": VerifyForm,
    "close": CloseForm,
    "close_without_call": CloseWithoutCallForm,
    "reopen": ReopenForm,
    "cancel": CancelForm,
    "merge": MergeForm,
    "reclassify": ReclassifyForm,
    "correct": CorrectForm,
    "chase": ChaseForm,
    "escalate": EscalateForm,
    "promise": PromiseForm,
    "annotate": AnnotateForm,
    "call_not_answered": CallNotAnsweredForm,
}
