"""A job's page: the same whether it is looked at, or an action on it was refused."""

from typing import Any
from uuid import UUID

from flask import Response, url_for
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.display import day_time
from blueprints.htmx import asked_by_htmx, page_or_fragment
from blueprints.timeline import ICONS
from domain.clocks import Clock, Reading
from domain.errors import NotFound
from domain.lifecycle import Action
from forms.job import JobForm
from forms.lifecycle import action_form
from queries import clocks, my_jobs

# What is usually done next, in the order in which it is.
LIKELY = ("take", "acknowledge", "arrive", "resume", "complete")
ONE_TAP = frozenset({"take", "acknowledge", "arrive", "resume"})
LEAVES = frozenset({"transfer", "return", "assign"})  # afterwards one looks at something else: no fragment, a page
WORK_CLOCKS = frozenset({Clock.ARRIVE, Clock.CONTAIN, Clock.COMPLETE})


def likely(actions: list[Action]) -> Action | None:
    """The one action to offer first, if any."""
    by_name = {action.name: action for action in actions}
    return next((by_name[name] for name in LIKELY if name in by_name), None)


def page(
    id: UUID,
    *,
    opened: Action | None = None,
    typed: JobForm | None = None,
    sentence: str | None = None,
    status: int = 200,
) -> Response:
    """The job with all its forms, `opened` unfolded; `typed` is the form as it was sent, kept although it was refused.

    A job that left the viewer's reach gives a page that says so. Raises NotFound for one that never was in it.
    """
    try:
        job = my_jobs.detail(id, viewer=current_user)
    except NotFound:
        return gone(id, typed)
    actions = job.actions_for(current_user)
    forms = forms_for(job, actions)
    if typed and opened and opened.name in forms:
        typed.renew(job.service_request.version)
        forms[opened.name] = typed
    first = likely(actions)
    return page_or_fragment(
        "phone/job.html",
        "phone/_job.html",
        status=status,
        job=job,
        actions=sorted((action for action in actions if action.name in forms), key=lambda action: action != first),
        forms=forms,
        likely=first,
        opened=opened or (first if first and first.name == "complete" and job.arrived_at else None),
        lost=typed.kept_words if typed and opened and opened.name not in forms else [],
        sentence=sentence,
        readings=work_readings(job),
        history=my_jobs.history_of_unit(job) if job.service_request.unit_id else [],
        pictures=[picture(attachment) for attachment in job.service_request.attachments],
        moved=asked_by_htmx(),
        one_tap=ONE_TAP,
        leaves=LEAVES,
        icons=ICONS,
    )


def forms_for(job: Any, actions: list[Action]) -> dict[str, JobForm]:
    """A fresh form for each action; who may assign needs no second way to hand the job on."""
    names = {action.name for action in actions}
    return {
        action.name: form_of(action, job, formdata=None)
        for action in actions
        if action.name != "transfer" or "assign" not in names
    }


def form_of(action: Action, job: Any, **options: Any) -> Any:
    """The form of one action; its fields' ids begin with the action's name, because a page holds several forms."""
    form = action_form(action, job, current_user, **options)
    for field in form:
        field.id = field.label.field_id = f"{action.name}-{field.name}"
    return form


def gone(id: UUID, typed: JobForm | None) -> Response:
    """Says that the job is in other hands now, without saying in whose. Raises NotFound."""
    if not my_jobs.has_left(id, viewer=current_user):
        raise NotFound()
    lost = typed.kept_words if typed else []
    return page_or_fragment("phone/gone.html", "phone/_gone.html", status=409 if typed else 404, lost=lost)


def work_readings(job: Any) -> list[Reading]:
    """The clocks of the present round that are about the work itself."""
    read = [
        r for r in clocks.of_service_request(job.service_request) if r.clock in WORK_CLOCKS and r.due_at and not r.void
    ]
    return [r for r in read if r.round == max(reading.round for reading in read)]


def picture(attachment: Any) -> dict[str, Any]:
    """A photo as components/photos.html wants it."""
    return {
        "url": url_for("attachments.show", id=attachment.id),
        "thumbnail_url": url_for("attachments.thumbnail", id=attachment.id),
        "label": _(attachment.stage.label),
        "taken": day_time(attachment.taken_at) if attachment.taken_at else "",
    }
