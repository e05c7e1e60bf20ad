"""What a person is told, and the bell."""

from typing import Any
from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from actions import notices as actions
from blueprints.access import requires
from blueprints.htmx import nothing_new
from blueprints.navigation import works_at_desk
from domain.days import moment_of
from domain.notice_table import BEYOND_REACH, BY_NAME
from domain.permissions import Permission
from forms.notice_settings import NoticeSettingsForm
from queries import jobs, notices

bp = Blueprint("notices", __name__, url_prefix="/notices")


@bp.get("")
@requires(Permission.USE_ACCOUNT)
def index() -> ResponseReturnValue:
    """What is unread, and below it a page of what was read."""
    before = moment_of(request.args.get("before"))
    read, older = notices.read_before(current_user, before)
    return render_template(
        "notices/index.html",
        layout="base.html" if works_at_desk(current_user) else "phone.html",
        unread=[] if before else notices.unread(current_user),
        read=read,
        rows=BY_NAME,
        newest=url_for(".index") if before else None,
        older=url_for(".index", before=older.isoformat()) if older else None,
    )


@bp.get("/bell")
@requires(Permission.USE_ACCOUNT)
def bell() -> ResponseReturnValue:
    """The bell with its count, when it is another than the one on the page."""
    if request.args.get("shown") == str(current_user.unread_notices):
        return nothing_new()
    return render_template("notices/_bell.html", unread_notices=current_user.unread_notices)


@bp.get("/<uuid:id>")
@requires(Permission.USE_ACCOUNT)
def open_notice(id: UUID) -> ResponseReturnValue:
    """Read it, and go to what it speaks of."""
    return redirect(target_of(actions.mark_read(id, by=current_user)))


def target_of(notice: Any) -> str:
    """The page a notice leads to: the request at a desk, one's job or reports on a phone."""
    if BY_NAME[notice.reason].to in BEYOND_REACH:
        return url_for(".index")
    if works_at_desk(current_user) or current_user.can(Permission.USE_DESK):
        return url_for("service_requests.show", id=notice.service_request_id)
    job_id = jobs.last_of(notice.service_request_id, viewer=current_user)
    return url_for("phone.job", id=job_id) if job_id else url_for("phone.my_reports")


@bp.post("/<uuid:id>/read")
@requires(Permission.USE_ACCOUNT)
def read(id: UUID) -> ResponseReturnValue:
    """Read, without going there."""
    actions.mark_read(id, by=current_user)
    return redirect(url_for(".index"), 303)


@bp.post("/read")
@requires(Permission.USE_ACCOUNT)
def read_all() -> ResponseReturnValue:
    """All read."""
    actions.mark_all_read(by=current_user)
    return redirect(url_for(".index"), 303)


@bp.post("/settings")
@requires(Permission.USE_ACCOUNT)
def settings() -> ResponseReturnValue:
    """Whether I also want e-mail."""
    form = NoticeSettingsForm()
    if form.validate_on_submit():
        actions.choose_channels(by=current_user, email_notices=form.email_notices.data)
        flash(_("Saved."), "success")
    return redirect(url_for("account.me"), 303)
