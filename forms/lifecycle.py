"""Which form each lifecycle action is filled in with: one table for desk and phone."""

from typing import Any

from domain.lifecycle import Action
from forms import job, service_request
from forms.base import ActionForm

FORMS: dict[str, type[ActionForm]] = job.FORMS | service_request.FORMS


def action_form(action: Action, subject: Any, viewer: Any, **options: Any) -> ActionForm:
    """The form of an action on this service request or job, choices filled in for this person.

    `seen` begins with the version on the screen: the subject's, or that of a job's loaded request. `subject` may be
    None for a form that was sent and does not look at it.
    """
    is_job = hasattr(subject, "service_request")  # a note on a job asks for less than one on a request
    form = (job.FORMS if is_job else FORMS).get(action.name, ActionForm)(**options)
    form.prepare(subject, viewer)
    if subject and not form.seen.data:
        form.seen.data = version_of(subject)
    return form


def looks_at_its_subject(action: Action) -> bool:
    """Whether what is typed for this action on a service request can only be judged beside the request itself."""
    return FORMS.get(action.name, ActionForm).prepare is not ActionForm.prepare


def asks_nothing(action: Action) -> bool:
    """Whether one tap says it all."""
    return FORMS.get(action.name) in (None, job.JobForm)


def one_tap(subject: Any) -> ActionForm:
    """The hidden fields of an action that asks nothing."""
    return ActionForm(formdata=None, seen=version_of(subject))


def version_of(subject: Any) -> int:
    """The version of a service request, or of the request a job belongs to."""
    return getattr(subject, "service_request", subject).version
