"""One service request: look at it, and do something about it."""

from io import BytesIO
from typing import Any
from uuid import UUID

import segno
from flask import Blueprint, Response, flash, get_flashed_messages, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from actions.perform import perform_each
from blueprints import timeline
from blueprints.access import requires, requires_the_actions_own
from blueprints.addresses import public_address
from blueprints.errors import sentence_of
from blueprints.htmx import asked_by_htmx, nothing_new, page_or_fragment
from blueprints.navigation import home_of
from blueprints.service_requests.card import card_of
from domain.errors import AlreadyUsed, Invalid, NotAllowedNow, Refused
from domain.lifecycle import Action
from domain.permissions import Permission
from forms.base import ActionForm
from forms.lifecycle import action_form, looks_at_its_subject
from queries import service_requests

bp = Blueprint("service_requests", __name__, url_prefix="/service-requests")


@bp.get("/<uuid:id>")
@requires(Permission.SEE)
def show(id: UUID) -> ResponseReturnValue:
    """The card. Asked with the mark of what is on the screen, it answers only what is new."""
    mark = request.args.get("mark")
    if mark and mark == service_requests.mark_of(id, viewer=current_user):
        return nothing_new()
    return card(service_requests.detail(id, viewer=current_user))


@bp.route("/<uuid:id>/<request_action:action>", methods=["GET", "POST"])
@requires_the_actions_own
def act(id: UUID, action: Action) -> ResponseReturnValue:
    """The form of an action on the card; posted, the action itself."""
    return attempted(id, action) if request.method == "POST" else opened(id, action)


def opened(id: UUID, action: Action) -> Response:
    """The card with the form of the action, or with the reason why it is not possible now."""
    service_request = service_requests.detail(id, viewer=current_user)
    form = action_form(action, service_request, current_user)
    form.focus_first()
    refused = service_request.refusal_of(action, current_user)
    return not_now(id, action, form, refused) if refused else card(service_request, action=action, form=form)


def attempted(id: UUID, action: Action) -> ResponseReturnValue:
    """Done; or the card as it is now, with the reason why not and with what was typed."""
    subject = service_requests.for_form(id, viewer=current_user) if looks_at_its_subject(action) else None
    form = action_form(action, subject, current_user)
    try:
        if form.validate():
            perform_each(action, id, form.entries, by=current_user, **form.bookkeeping)
            flash(_("Done: %(action)s", action=_(action.label)), "success")
            return redirect(url_for(".show", id=id), 303)
    except Invalid as error:
        form.refuse(error.field, sentence_of(error))
    except (NotAllowedNow, AlreadyUsed) as error:
        return not_now(id, action, form, error)
    form.focus_first()
    return card(service_requests.detail(id, viewer=current_user), action=action, form=form)


@bp.get("/<uuid:id>/next")
@requires(Permission.SEE)
def next_one(id: UUID) -> ResponseReturnValue:
    """On to the most urgent of the others, or home when there is none."""
    here = service_requests.of_id(id, viewer=current_user)
    other = service_requests.after(here.id, viewer=current_user)
    return redirect(url_for(".show", id=other.id) if other else home_of(current_user))


@bp.get("/<uuid:id>/slip")
@requires(Permission.SEE)
def slip(id: UUID) -> ResponseReturnValue:
    """The job slip on paper (派工单)."""
    service_request = service_requests.detail(id, viewer=current_user)
    return render_template("service_requests/slip.html", **card_of(service_request, current_user))


@bp.get("/<uuid:id>/code.svg")
@requires(Permission.SEE)
def code(id: UUID) -> ResponseReturnValue:
    """The address of the request as a QR code, for the slip."""
    address = public_address(".show", id=service_requests.of_id(id, viewer=current_user).id)
    picture = BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=4, border=2, light="white")
    return Response(picture.getvalue(), mimetype="image/svg+xml")


def card(
    service_request: Any, *, action: Action | None = None, form: ActionForm | None = None, notice: str | None = None,
    status: int | None = None,
) -> Response:  # fmt: skip
    """The card as it is now, with a form while one is being filled in and a notice where something was refused."""
    said = [str(message) for message in get_flashed_messages()] if asked_by_htmx() else []
    return page_or_fragment(
        "service_requests/show.html",
        "service_requests/_card.html",
        status=status or (422 if form and form.errors else 200),
        trigger={"announce": {"value": " ".join(said)}} if said else None,
        **card_of(service_request, current_user),
        timeline_entries=timeline.entries(service_request.events, service_request.refused_entries),
        action=action,
        form=form,
        notice=notice,
    )


def not_now(id: UUID, action: Action, form: ActionForm, refused: Refused) -> Response:
    """409: the card as it has become and the reason. What was typed stays: in the form if it can still be sent, else
    as words to copy. Raises the refusal again where the person may never do this.
    """
    if not isinstance(refused, NotAllowedNow | AlreadyUsed):
        raise refused
    fresh = service_requests.detail(id, viewer=current_user)
    form.renew(fresh.version)
    possible = fresh.refusal_of(action, current_user) is None
    return card(fresh, action=action if possible else None, form=form, notice=sentence_of(refused), status=409)
