"""Handing over what a resident said, on one screen."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

from flask import Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from actions.attachments import prepare
from actions.service_requests import register_and
from blueprints.access import requires
from blueprints.entries import takes_entries, tell_phone
from blueprints.errors import sentence_of
from blueprints.htmx import asked_by_htmx, page_or_fragment
from blueprints.phone.blueprint import bp
from blueprints.phone.room import room_found, site_of_visit, steps
from domain.days import local_day
from domain.errors import AlreadyUsed, Incomplete, Invalid, Refused
from domain.lifecycle import REQUEST_ACTIONS
from domain.permissions import Permission
from domain.wording import N_
from forms.hand_over import HandOverForm
from queries import my_reports, sites

TILE_ICONS = {
    "burst-pipe": "droplets", "ceiling-leak": "droplets", "sewage-overflow": "droplets", "area-blackout": "zap",
    "corridor-light": "lightbulb", "trapped-in-lift": "chevrons-up-down", "lift-out-of-order": "chevrons-up-down",
    "entrance-door": "door-open", "fire-smoke": "flame", "gas-smell": "flame", "blocked-fire-route": "flame",
    "falling-object": "triangle-alert", "rubbish-pile": "trash-2", "taken-space": "square-parking",
    "illegal-parking": "square-parking", "upstairs-noise": "megaphone",
}  # fmt: skip


@bp.route("/hand-over", methods=["GET", "POST"])
@takes_entries(REQUEST_ACTIONS["register"])
@requires(Permission.REGISTER)
def hand_over() -> ResponseReturnValue:
    """The one screen. Its place can be found by taps, each of which is a link, so that it works without script."""
    site = site_of_visit()
    if site is None:
        tell_phone(Invalid("site", N_("Please say where.")))
        return render_template("phone/sites.html", sites=sites.visible_to(current_user))
    form = HandOverForm()
    form.offer(site, local_day(datetime.now(UTC), site.zone))
    return sent(form, site) if request.method == "POST" else screen(form, site, fragment="phone/_place.html")


@bp.get("/hand-over/found")
@requires(Permission.LOOK_UP_UNITS)
def found() -> ResponseReturnValue:
    """What the room typed so far means, and whom to write down for it."""
    site = site_of_visit()
    if site is None or not asked_by_htmx():
        return redirect(url_for(".hand_over", room=request.args.get("room"), site=request.args.get("site")))
    form = HandOverForm()
    form.offer(site, local_day(datetime.now(UTC), site.zone))
    return screen(form, site, fragment="phone/_found.html")


@bp.get("/hand-over/<uuid:id>")
@requires(Permission.REGISTER)
def handed_over(id: UUID) -> ResponseReturnValue:
    """It has arrived: its number, and what happens next."""
    report = my_reports.one(id, viewer=current_user)
    before = my_reports.same_before(report)
    return Response(render_template("phone/handed_over.html", service_request=report, before=before))


def sent(form: HandOverForm, site: Any) -> ResponseReturnValue:
    """Registered, or the screen again with what is missing and all that was typed."""
    try:
        form.check()
        return redirect(url_for(".handed_over", id=registered(form, site).id), 303)
    except (Invalid, Incomplete, AlreadyUsed) as refused:
        if isinstance(refused, Invalid):
            form.refuse(refused.field, sentence_of(refused))
        tell_phone(refused, form)
        return page_again(form, site, refused)


def page_again(form: HandOverForm, site: Any, refused: Refused) -> Response:
    """The screen with all that was typed, for somebody who looks at it."""
    status, sentence = 422, None
    if isinstance(refused, AlreadyUsed):
        status, sentence = 409, sentence_of(refused)
        form.renew(0)
    return screen(form, site, fragment="phone/_hand_over.html", status=status, sentence=sentence)


def registered(form: HandOverForm, site: Any) -> Any:
    """In the centre's queue, with its photos. Raises Invalid or AlreadyUsed."""
    sending = form.bookkeeping
    return register_and(
        {},
        form.details,
        by=current_user,
        site_id=site.id,
        event_id=sending["event_id"] or uuid4(),
        happened_at=sending["happened_at"],
        photos=prepare(form.photos.files, zone=site.zone),
    )


def screen(form: HandOverForm, site: Any, *, fragment: str, status: int = 200, sentence: str | None = None) -> Response:
    """The page, or the part of it that was asked for."""
    return page_or_fragment(
        "phone/hand_over.html",
        fragment,
        status=status,
        form=form,
        site=site,
        sentence=sentence,
        icons={str(row.id): icon_of(row) for row in form.quick},
        room=room_found(form),
        steps=steps(site),
    )


def icon_of(category: Any) -> str:
    """The picture on a category's tile."""
    return TILE_ICONS.get(category.code, "siren" if category.emergency_kind else "wrench")
