"""What the card of one service request shows to one person."""

from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from blueprints.pictures import Picture, picture
from blueprints.promises import promises_of
from domain.clocks import Clock
from domain.kinds import Kind
from domain.lifecycle import Action
from forms.lifecycle import asks_nothing, one_tap
from queries import clocks

SHORTCUTS = {
    "accept": "a", "dispatch": "d", "reply": "r", "close": "c", "annotate": "m", "verify": "v", "reopen": "o",
    "call_not_answered": "u", "chase": "h", "promise": "p", "escalate": "e", "close_without_call": "w",
    "correct": "t", "cancel": "x",
}  # fmt: skip
SELDOM = frozenset({"cancel", "merge", "reclassify", "correct", "escalate", "promise", "close_without_call"})
ANSWERED_IN_WORDS = frozenset({Kind.ENQUIRY, Kind.SUGGESTION, Kind.COMPLIMENT})
FOLDED_FROM = 600  # signs of the words, beyond which they are folded


@dataclass(frozen=True)
class Buttons:
    """Exactly what this person may do now: the likely next thing, the usual ones, the rest."""

    likely: Action | None
    usual: list[Action]
    seldom: list[Action]


def card_of(service_request: Any, viewer: Any) -> dict[str, Any]:
    """All that service_requests/_card.html needs beside the form of an action."""
    readings = clocks.of_service_request(service_request)
    return {
        "service_request": service_request,
        "mark": f"{service_request.version}-{len(service_request.attachments)}-{len(service_request.refused_entries)}",
        "readings": [reading for reading in readings if reading.clock is not Clock.PROMISE],
        "promises": promises_of(service_request, readings),
        "buttons": buttons_for(service_request, viewer),
        "tap": lambda: one_tap(service_request),
        "asks_nothing": asks_nothing,
        "shortcuts": SHORTCUTS,
        "folded_from": FOLDED_FROM,
        "pictures": pictures_of,
        "caller_phone": service_request.caller_phone or first_phone_of(service_request.resident),
    }


def buttons_for(service_request: Any, viewer: Any) -> Buttons:
    """The actions of the lifecycle's table, sorted by how soon a hand reaches for them."""
    actions = service_request.actions_for(viewer)
    names = {action.name for action in actions}
    name = likely_next(service_request, names)
    seldom = SELDOM if "close" in names else SELDOM | {"call_not_answered"}
    seldom = seldom | {"verify"} if service_request.verified_at else seldom
    return Buttons(
        likely=next((action for action in actions if action.name == name), None),
        usual=[action for action in actions if action.name != name and action.name not in seldom],
        seldom=[action for action in actions if action.name != name and action.name in seldom],
    )


def likely_next(service_request: Any, names: set[str]) -> str | None:
    """What most people do next. While others are at work there is no such thing.

    An emergency may be dispatched before it is accepted, and then is.
    """
    if service_request.has_open_jobs:
        return None
    answered = service_request.kind in ANSWERED_IN_WORDS
    first_step = ("dispatch", "accept") if "dispatch" in names and not answered else ("accept",)
    checked = () if service_request.verified_at else ("verify",)
    steps = (*first_step, *checked, "close", "reply" if answered else "dispatch")
    return next((name for name in steps if name in names), None)


def pictures_of(service_request: Any, job: Any = None) -> list[Picture]:
    """The photos of a job, or, without one, those that belong to no job."""
    job_id = job.id if job else None
    return [
        picture(photo, f"{_(photo.stage.label)} · {photo.name}")
        for photo in service_request.attachments
        if photo.job_id == job_id
    ]


def first_phone_of(resident: Any) -> str:
    """The number to call first, if any is known."""
    return next((phone.number for phone in resident.phones), "") if resident else ""
