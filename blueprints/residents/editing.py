"""Writing down who lives where: one resident, one unit, one moving out."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from actions import residents as actions
from blueprints.access import requires
from blueprints.residents.blueprint import bp
from blueprints.saving import accepted, http_status
from domain.days import local_day
from domain.permissions import Permission
from forms.base import read
from forms.residents import MovedOutForm, ResidentForm, UnitForm, as_typed
from queries import residents as queries
from queries import residents_to_edit, sites
from queries.seen import seen_of


@bp.route("/new", methods=["GET", "POST"])
@requires(Permission.EDIT_RESIDENTS)
def new_resident() -> ResponseReturnValue:
    """Somebody new, of `?unit=` (an id) or of the writer's own site."""
    unit_id, made = request.args.get("unit"), []
    home = queries.unit_of_id(read(UUID, unit_id) or UUID(int=0), viewer=current_user) if unit_id else None
    site_id = home.site_id if home else sites.at_least_one(current_user)[0].id
    form = ResidentForm(data={"tenures": [{"unit": home.label if home else ""}]})
    if accepted(form, lambda: made.append(actions.add_resident(site_id, form.details, by=current_user))):
        return saved(made[0].id)
    return page(form, _("New resident"), url_for(".unit", id=home.id) if home else url_for(".directory"))


@bp.route("/<uuid:id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_RESIDENTS)
def edit_resident(id: UUID) -> ResponseReturnValue:
    """Name, numbers, remarks and units of one resident."""
    person = queries.of_id(id, viewer=current_user)
    form = ResidentForm(data=as_typed(person), seen=actions.seen_of(person))
    if accepted(form, lambda: actions.edit_resident(id, form.details, by=current_user, seen=form.seen.data)):
        return saved(id)
    return page(form, person.name, url_for(".resident", id=id))


@bp.route("/tenures/<uuid:id>/moved-out", methods=["GET", "POST"])
@requires(Permission.EDIT_RESIDENTS)
def moved_out(id: UUID) -> ResponseReturnValue:
    """Somebody has moved out of a unit."""
    tenure = residents_to_edit.tenure(id, viewer=current_user)
    today = local_day(datetime.now(UTC), residents_to_edit.site_of(tenure).zone)
    form = MovedOutForm(ends_on=tenure.ends_on or today, seen=seen_of(tenure))
    if accepted(form, lambda: actions.move_out(id, form.ends_on.data, by=current_user, seen=form.seen.data)):
        return saved(tenure.resident_id)
    title = _("%(name)s has moved out of %(unit)s", name=tenure.resident.name, unit=tenure.unit.label)
    return page(form, title, url_for(".resident", id=tenure.resident_id))


@bp.route("/units/<uuid:id>/edit", methods=["GET", "POST"])
@requires(Permission.EDIT_RESIDENTS)
def edit_unit(id: UUID) -> ResponseReturnValue:
    """What a unit is called, and what it is."""
    home = queries.unit_of_id(id, viewer=current_user)
    form = UnitForm(obj=home, seen=seen_of(home))
    if accepted(form, lambda: actions.edit_unit(id, form.details, by=current_user, seen=form.seen.data)):
        flash(_("Saved."), "success")
        return redirect(url_for(".unit", id=id), 303)
    return page(form, home.label, url_for(".unit", id=id))


def page(form: Any, title: str, back: str) -> tuple[str, int]:
    """A form with the way back."""
    return render_template("residents/edit.html", form=form, title=title, back=back), http_status(form)


def saved(id: UUID) -> ResponseReturnValue:
    """To the resident."""
    flash(_("Saved."), "success")
    return redirect(url_for(".resident", id=id), 303)
