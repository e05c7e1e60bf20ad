"""The one door through which a desk and a phone do something to a job."""

from typing import Any
from uuid import UUID

from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from actions.attachments import perform_with_photos, prepare
from blueprints import job_page
from blueprints.access import requires_the_actions_own
from blueprints.errors import sentence_of
from domain.errors import AlreadyUsed, Invalid, NotAllowedNow, NotFound
from domain.lifecycle import Action
from forms.job import FORMS
from queries import my_jobs, receipts

bp = Blueprint("jobs", __name__, url_prefix="/jobs")


@bp.route("/<uuid:id>/<job_action:action>", methods=["GET", "POST"])
@requires_the_actions_own
def act(id: UUID, action: Action) -> ResponseReturnValue:
    """The job's page with this action's form open; or the action itself."""
    return attempted(id, action) if request.method == "POST" else job_page.page(id, opened=action)


def attempted(id: UUID, action: Action) -> ResponseReturnValue:
    """Done; or the job as it is now, with the reason why not and with what was typed."""
    form = FORMS[action.name]()
    try:
        job = my_jobs.detail(id, viewer=current_user)
        form = job_page.form_of(action, job)
        if form.validate():
            do(job, action, form)
            return redirect(afterwards(job, action, form.back.data), 303)
    except NotFound:
        if receipts.is_applied(form.bookkeeping["event_id"], by=current_user):
            return redirect(url_for("phone.my_jobs"), 303)
        return job_page.gone(id, form)
    except Invalid as error:
        form.refuse(error.field, sentence_of(error))
    except (NotAllowedNow, AlreadyUsed) as error:
        return job_page.page(id, opened=action, typed=form, sentence=sentence_of(error), status=409)
    return job_page.page(id, opened=action, typed=form, status=422)


def do(job: Any, action: Action, form: Any) -> None:
    """The photos first, which takes a moment; then all of it in one unit of work. Raises what perform() raises."""
    zone = job.service_request.site.zone
    photos = {stage: prepare(field.files, zone=zone, field=field.name) for stage, field in form.photos.items()}
    perform_with_photos(action, job.id, photos, by=current_user, details=form.details, **form.bookkeeping)


def afterwards(job: Any, action: Action, back: str | None) -> str:
    """Where the sender wants to be now: at the desk, in the department, at the job, or, without it, at the others."""
    if back == "desk":
        return url_for("service_requests.show", id=job.service_request_id)
    if back == "department":
        return url_for("phone.department")
    return url_for("phone.my_jobs") if action.name in ("transfer", "return") else url_for("phone.job", id=job.id)
