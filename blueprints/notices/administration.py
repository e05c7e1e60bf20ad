"""The administrator's side of notices: what could not be handed over, and the robots that are told too."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from actions import notice_targets
from actions import notices as actions
from blueprints.access import requires
from blueprints.notices.views import bp
from blueprints.saving import accepted
from domain.notice_table import BY_NAME
from domain.permissions import Permission
from domain.robots import service_of
from forms.notice_target import NoticeTargetForm
from queries import notices, sites


@bp.get("/failed")
@requires(Permission.ADMINISTER)
def failed() -> ResponseReturnValue:
    """The notices that were given up."""
    return render_template("notices/failed.html", failed=notices.failed(current_user), rows=BY_NAME)


@bp.post("/failed/send-again")
@requires(Permission.ADMINISTER)
def send_all_again() -> ResponseReturnValue:
    """Begin anew with all of them."""
    actions.send_again(None, by=current_user)
    flash(_("They are being sent again."), "success")
    return redirect(url_for(".failed"), 303)


@bp.post("/<uuid:id>/send-again")
@requires(Permission.ADMINISTER)
def send_again(id: UUID) -> ResponseReturnValue:
    """Begin anew with one."""
    actions.send_again(id, by=current_user)
    flash(_("It is being sent again."), "success")
    return redirect(url_for(".failed"), 303)


@bp.route("/robots", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def robots() -> ResponseReturnValue:
    """The group robots of the sites, and a new one."""
    form = NoticeTargetForm()
    form.site_id.choices = [(str(site.id), site.name) for site in sites.visible_to(current_user)]
    if accepted(form, lambda: notice_targets.add(form.details, by=current_user)):
        flash(_("Saved."), "success")
        return redirect(url_for(".robots"), 303)
    page = render_template("notices/robots.html", form=form, robots=notices.robots(current_user), service_of=service_of)
    return page, 422 if form.errors else 200


@bp.post("/robots/<uuid:id>/remove")
@requires(Permission.ADMINISTER)
def remove_robot(id: UUID) -> ResponseReturnValue:
    """It is told nothing more."""
    notice_targets.remove(id, by=current_user)
    flash(_("Removed."), "success")
    return redirect(url_for(".robots"), 303)
