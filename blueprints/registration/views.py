"""Registering while somebody is on the telephone."""

from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from markupsafe import Markup

from actions.attachments import prepare
from actions.refused_entries import register_instead
from actions.service_requests import register_and
from blueprints.access import requires
from blueprints.errors import sentence_of
from blueprints.htmx import asked_by_htmx, gone_to, page_or_fragment
from blueprints.registration.from_entry import typed_before
from domain.days import local_day
from domain.errors import AlreadyUsed, Invalid, NotAllowedNow
from domain.permissions import Permission
from domain.phone_numbers import whole_number
from forms.base import read
from forms.fields import half_width
from forms.registration import RegistrationForm
from queries import callers, sites
from queries.callers import Typed
from queries.queue_rows import next_reading

bp = Blueprint("registration", __name__, url_prefix="/service-requests/new")
PREFILLED = ("caller_phone", "caller_name", "resident_id", "unit", "category_id", "building_id", "place", "words")


@bp.route("", methods=["GET", "POST"])
@requires(Permission.REGISTER)
def new() -> ResponseReturnValue:
    """The form; a link may fill in what is known. Posted, the request and all that was done in the same stroke."""
    begun = known_before()
    form = RegistrationForm(data=begun)
    form.prepare(read(UUID, request.values.get("site_id", begun.get("site_id"))), current_user)
    if not form.validate_on_submit():
        return page(form, 422 if form.errors else 200)
    try:
        service_request = registered(form)
    except Invalid as error:
        form.refuse(error.field, sentence_of(error))
        return page(form, 422)
    except (AlreadyUsed, NotAllowedNow) as error:
        form.renew(0)
        form.form_errors.append(sentence_of(error))
        return page(form, 409)
    card = url_for("service_requests.show", id=service_request.id)
    link = Markup('<a href="%s">%s</a>') % (card, service_request.reference)
    flash(Markup(_("Registered: %(reference)s")) % {"reference": link}, "success")
    return gone_to(url_for(".new") if request.form.get("and_next") else card)


@bp.get("/callers")
@requires(Permission.SEE_RESIDENTS)
def lookup() -> ResponseReturnValue:
    """Who is calling and what is open there, for what has been typed so far."""
    if not asked_by_htmx():
        typed: dict[str, Any] = {name: request.args[name] for name in ("site_id", *PREFILLED) if name in request.args}
        return redirect(url_for(".new", **typed))
    site_id = current_user.site_id or sites.of_id(read(UUID, request.args.get("site_id")), viewer=current_user).id
    return Response(render_template("registration/_beside.html", **known(site_id, request.args)))


def known_before() -> dict[str, Any]:
    """What the form begins with: an entry of a phone that was not accepted, or what a link fills in."""
    entry_id = read(UUID, request.args.get("entry"))
    return typed_before(entry_id) if entry_id else {n: request.args[n] for n in PREFILLED if n in request.args}


def registered(form: RegistrationForm) -> Any:
    """Photos first, because they take time; then everything in one unit of work."""
    when, entry_id = form.bookkeeping, read(UUID, form.entry.data)
    register = partial(register_instead, entry_id) if entry_id else register_and
    return register(
        form.stroke,
        form.details,
        by=current_user,
        site_id=form.offered.site.id,
        event_id=when["event_id"] or uuid4(),
        happened_at=when["happened_at"],
        photos=prepare(form.photos.files, zone=zone_at(form.offered.site.id)),
    )


def page(form: RegistrationForm, status: int) -> Response:
    """The form with what stands beside it; posted by htmx, only the form."""
    return page_or_fragment("registration/new.html", "registration/_form.html", status=status, **context(form))


def context(form: RegistrationForm) -> dict[str, Any]:
    """What registration/new.html and its fragments need."""
    may_look_up = current_user.can(Permission.SEE_RESIDENTS)
    typed = {name: form[name].data for name in ("caller_phone", "unit", "category_id")}
    return {"form": form, "may_look_up": may_look_up} | (known(form.offered.site.id, typed) if may_look_up else {})


def known(site_id: UUID, typed: Mapping[str, Any]) -> dict[str, Any]:
    """What registration/_beside.html needs: the callers and the open requests."""
    caller, unit = (half_width(typed.get(name)) or "" for name in ("caller_phone", "unit"))
    asked = Typed(caller, whole_number(caller), unit, read(UUID, typed.get("category_id")))
    today = local_day(datetime.now(UTC), zone_at(site_id))
    found = callers.beside(asked, site_id=site_id, viewer=current_user, today=today)
    return {"beside": found, "asked": asked, "reading_of": next_reading, "moment": datetime.now(UTC)}


def zone_at(site_id: UUID) -> str:
    """The wall clock of a site; that of one's own is known already. Raises NotFound."""
    own = current_user.site
    return own.zone if own and own.id == site_id else sites.of_id(site_id, viewer=current_user).zone
