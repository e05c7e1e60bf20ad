"""My jobs: what to do now, what waits, what is free to take."""

from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from actions.duty import switch_duty
from blueprints import job_page
from blueprints.access import requires
from blueprints.htmx import nothing_new, page_or_fragment
from blueprints.phone.blueprint import bp
from domain.permissions import Permission
from forms.duty import DutyForm
from forms.job import JobForm
from queries import my_jobs as queries


@bp.get("/")
@requires(Permission.WORK)
def my_jobs() -> ResponseReturnValue:
    """All my jobs. Asked with the mark of what is on the screen, it answers only what is new."""
    jobs = queries.of(current_user, now=datetime.now(UTC))
    mark = mark_of(jobs)
    if request.args.get("mark") == mark:
        return nothing_new()
    return page_or_fragment(
        "phone/my_jobs.html",
        "phone/_my_jobs.html",
        jobs=jobs,
        mark=mark,
        duty=DutyForm(formdata=None, on_duty="" if current_user.on_duty else "yes"),
        next_action=lambda job: job_page.likely(job.actions_for(current_user)),
        tap=lambda job: JobForm(formdata=None, seen=job.service_request.version),
    )


@bp.get("/jobs/<uuid:id>")
@requires(Permission.WORK, Permission.ASSIGN, Permission.SEE)
def job(id: UUID) -> ResponseReturnValue:
    """One job, with all that can be done to it."""
    return job_page.page(id)


@bp.post("/duty")
@requires(Permission.WORK)
def duty() -> ResponseReturnValue:
    """On duty or off it."""
    form = DutyForm()
    if form.validate():
        switch_duty(current_user.id, on_duty=form.on_duty.data == "yes")
    return redirect(url_for(".my_jobs"), 303)


def mark_of(jobs: queries.MyJobs) -> str:
    """Changes whenever the list would look different; running clocks count on by themselves."""
    piles = (jobs.now, jobs.later, jobs.on_hold, jobs.done, jobs.free)
    seen = [[(str(job.id), job.service_request.version) for job in pile] for pile in piles]
    return sha256(f"{current_user.on_duty} {seen}".encode()).hexdigest()[:16]
