"""The entries that were not accepted: look at them, settle them."""

from typing import Any
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from actions import refused_entries as actions
from blueprints.access import requires
from blueprints.htmx import asked_by_htmx, page_or_fragment
from blueprints.paging import key_asked
from blueprints.phones.blueprint import bp
from blueprints.phones.drawing import cards
from blueprints.phones.frame import tabs
from domain.permissions import Permission
from forms.base import read
from queries import refused_entries


@bp.get("/refused")
@requires(Permission.SEE_PHONES)
def refused() -> ResponseReturnValue:
    """What somebody still has to look at, newest first; above it the one just settled, to be taken back."""
    return listed(refused_entries.unsettled(current_user, **key_asked()))


@bp.get("/settled")
@requires(Permission.SEE_PHONES)
def settled() -> ResponseReturnValue:
    """What the centre has settled, the last first."""
    return listed(refused_entries.settled(current_user, **key_asked()))


@bp.post("/refused/<uuid:id>/settle")
@requires(Permission.SEE_PHONES)
def settle(id: UUID) -> ResponseReturnValue:
    """Nobody has to look at it any more."""
    actions.settle(id, by=current_user)
    return redirect(url_for(".refused", settled=id), 303)


@bp.post("/refused/<uuid:id>/take-back")
@requires(Permission.SEE_PHONES)
def take_back(id: UUID) -> ResponseReturnValue:
    """It was settled too soon."""
    actions.take_back(id, by=current_user)
    return redirect(url_for(".refused", _anchor=f"entry-{id}"), 303)


def listed(shown: refused_entries.EntryPage) -> ResponseReturnValue:
    """A page of entries, or only its fragment."""
    endpoint = request.endpoint or ""
    context: dict[str, Any] = {
        "shown": shown,
        "cards": cards(shown, current_user),
        "endpoint": endpoint,
        "key": {name: str(key) for name, key in key_asked().items()},
        "just_settled": read(UUID, request.args.get("settled")),
        "tabs": tabs(),
    }
    trigger = {"announce": {"value": _("Settled.")}} if context["just_settled"] and asked_by_htmx() else None
    return page_or_fragment("phones/refused.html", "phones/_refused.html", trigger=trigger, **context)
