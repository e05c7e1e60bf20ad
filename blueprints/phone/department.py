"""The department's jobs, for its head: who does what, and who could."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints import job_page
from blueprints.access import requires
from blueprints.htmx import page_or_fragment
from blueprints.phone.blueprint import bp
from domain.lifecycle import JOB_ACTIONS
from domain.permissions import Permission
from forms.base import read
from queries import department_jobs

ASSIGN = JOB_ACTIONS["assign"]


@bp.get("/department")
@requires(Permission.ASSIGN)
def department() -> ResponseReturnValue:
    """One lens of the department's open jobs, its colleagues, and, for the job of `assign`, the choice of one."""
    counts = department_jobs.counts(current_user, now=datetime.now(UTC))
    holder_id = read(UUID, request.args.get("holder"))
    lens = request.args.get("lens") or ("unassigned" if counts["unassigned"] else "all")
    jobs = department_jobs.shown(current_user, lens, now=datetime.now(UTC), holder_id=holder_id)
    assigning = read(UUID, request.args.get("assign"))
    chosen = next((job for job in jobs if job.id == assigning), None)
    form = form_for(chosen)
    return page_or_fragment(
        "phone/department.html",
        "phone/_department.html",
        jobs=jobs,
        tabs=tabs(counts, None if holder_id else lens),
        here={"lens": lens, "holder": holder_id},
        total=counts.get(lens, 0),
        colleagues=form.everybody if form else department_jobs.colleagues(current_user.department_id, None),
        holder_id=holder_id,
        form=form,
        chosen=chosen,
        assign=ASSIGN,
    )


def form_for(job: Any) -> Any:
    """The assignment form of the job the head has tapped, if it can be assigned now."""
    if job is None or ASSIGN not in job.actions_for(current_user):
        return None
    form = job_page.form_of(ASSIGN, job, formdata=None)
    form.back.data = "department"
    return form


def tabs(counts: dict[str, int], current: str | None) -> list[dict[str, Any]]:
    """The lenses with their counts."""
    return [
        {
            "url": url_for(".department", lens=name),
            "label": _(label),
            "current": name == current,
            "count": counts[name],
            "loud": name == "late",
        }
        for name, label in department_jobs.LENSES.items()
    ]
