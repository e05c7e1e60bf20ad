"""The one door through which a desk and a phone do something to a job."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from actions.attachments import perform_with_photos, prepare
from blueprints import job_page
from blueprints.access import requires, requires_the_actions_own
from blueprints.display import local_name
from blueprints.entries import takes_entries, tell_phone
from blueprints.errors import sentence_of
from domain.errors import AlreadyUsed, Incomplete, Invalid, NotAllowedNow, NotFound, Refused
from domain.lifecycle import REQUEST_ACTIONS, Action, Subject
from domain.permissions import Permission
from domain.wording import N_
from forms.job import FORMS
from queries import jobs, my_jobs, receipts

ANNOTATE = REQUEST_ACTIONS["annotate"]

bp = Blueprint("jobs", __name__, url_prefix="/phone/jobs")


@bp.route("/<uuid:id>/<job_action:action>", methods=["GET", "POST"])
@takes_entries()
@requires_the_actions_own
def act(id: UUID, action: Action) -> ResponseReturnValue:
    """The job's page with this action's form open; or the action itself."""
    return attempted(id, action) if request.method == "POST" else job_page.page(id, opened=action)


@bp.post("/<uuid:id>/annotate")
@takes_entries(ANNOTATE)
@requires(Permission.ANNOTATE)
def annotate(id: UUID) -> ResponseReturnValue:
    """A note to the centre, written where the work is."""
    return attempted(id, ANNOTATE)


def attempted(id: UUID, action: Action) -> ResponseReturnValue:
    """Done; or the job as it is now, with the reason why not and with what was typed."""
    form = FORMS[action.name]()
    try:
        job = jobs.for_form(id, viewer=current_user)
        form = job_page.form_of(action, job)
        form.check()
        do(job, action, form)
        return redirect(afterwards(job, action, form.back.data), 303)
    except Refused as refused:
        if isinstance(refused, Invalid):
            form.refuse(refused.field, sentence_of(refused))
        tell_phone(as_told(id, refused), form)
        return page_again(id, action, form, refused)


def page_again(id: UUID, action: Action, form: Any, refused: Refused) -> ResponseReturnValue:
    """The job's page for somebody at a screen. Raises what no page can put right."""
    if isinstance(refused, NotFound):
        if receipts.is_applied(form.bookkeeping["event_id"], by=current_user):
            return redirect(url_for("phone.my_jobs"), 303)
        return job_page.gone(id, form)
    if isinstance(refused, Invalid | Incomplete):
        return job_page.page(id, opened=action, typed=form, status=422)
    if isinstance(refused, NotAllowedNow | AlreadyUsed):
        return job_page.page(id, opened=action, typed=form, sentence=sentence_of(refused), status=409)
    raise refused


def as_told(id: UUID, refused: Refused) -> Refused:
    """The refusal, for somebody who does not see the job's page at the moment."""
    if isinstance(refused, NotFound) and (left := my_jobs.left(id, viewer=current_user)):
        who = left.holder.name if left.holder else local_name(left.department)
        return NotFound(N_("This job is in other hands now: %(name)s."), name=who)
    return refused


def do(job: Any, action: Action, form: Any) -> None:
    """The photos first, which takes a moment; then all of it in one unit of work. Raises what perform() raises."""
    zone = job.service_request.site.zone
    photos: dict[str, list[Any]] = {}
    for stage, field in form.photos:
        photos.setdefault(stage, []).extend(prepare(field.files, zone=zone, field=field.name))
    subject_id = job.id if action.subject is Subject.JOB else job.service_request_id
    perform_with_photos(action, subject_id, photos, by=current_user, details=form.details, **form.bookkeeping)


def afterwards(job: Any, action: Action, back: str | None) -> str:
    """Where the sender wants to be now: at the desk, in the department, at the job, or, without it, at the others."""
    if back == "desk":
        return url_for("service_requests.show", id=job.service_request_id)
    if back == "department":
        return url_for("phone.department")
    return url_for("phone.my_jobs") if action.name in ("transfer", "return") else url_for("phone.job", id=job.id)
