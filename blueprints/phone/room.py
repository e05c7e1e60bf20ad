"""Finding the room on the hand-over screen: typed, or by taps."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.display import local_name, phone
from domain.permissions import Permission
from forms.base import read
from forms.fields import half_width
from forms.hand_over import HandOverForm
from queries import sites, whereabouts


@dataclass(frozen=True)
class RoomFound:
    """What the typed room means: one unit with its people, several to choose from, or nothing. Both with addresses."""

    unit: Any = None
    alike: Any = ()
    people: Any = ()


@dataclass(frozen=True)
class Step:
    """The present choice on the way from the building to the unit: a question and its answers as (label, address)."""

    question: str
    answers: list[tuple[str, str]]
    back: str | None = None


def site_of_visit() -> Any:
    """One's own site; for somebody of the company, the one chosen, or None. Raises NotFound for one out of reach."""
    if current_user.site:
        return current_user.site
    chosen = read(UUID, request.values.get("site"))
    return sites.of_id(chosen, viewer=current_user) if chosen else None


def room_found(form: HandOverForm) -> RoomFound:
    """The unit of the typed room; name and number are filled in where nothing was typed."""
    if request.method == "GET":
        form.room.data = (half_width(request.args.get("room")) or "")[:40]
    alike = whereabouts.units_like(form.room.data, form.site.id) if form.room.data else []
    if len(alike) != 1:
        return RoomFound(alike=[(unit.label, here(room=unit.label)) for unit in alike])
    people = whereabouts.contacts(alike[0].id, form.today) if current_user.can(Permission.LOOK_UP_UNITS) else []
    chosen = read(UUID, request.args.get("resident"))
    person = next((p for p in people if p.resident_id == chosen), people[0] if people else None)
    if person and request.method == "GET":
        form.caller_name.data, form.caller_phone.data = person.name, phone(person.number)
    return RoomFound(unit=alike[0], people=[(p, here(room=alike[0].label, resident=p.resident_id)) for p in people])


def steps(site: Any) -> Step:
    """Building, then entrance where there are several, then floor, then unit."""
    building = read(UUID, request.args.get("building"))
    if building is None:
        answers = [(local_name(row), here(building=row.id)) for row in whereabouts.buildings(site.id)]
        return Step(_("Or choose the building"), answers)
    rows = whereabouts.floors(building, site.id)
    entrances = list(dict.fromkeys(row.entrance for row in rows))
    entrance = request.args.get("entrance", entrances[0] if len(entrances) == 1 else None)
    if entrance is None:
        return Step(_("Entrance"), [(name, here(building=building, entrance=name)) for name in entrances], here())
    floors = [row.floor for row in rows if row.entrance == entrance]
    floor = request.args.get("floor", type=int)
    if floor is None or floor not in floors:
        answers = [(str(number), here(building=building, entrance=entrance, floor=number)) for number in floors]
        return Step(_("Floor"), answers, here(building=building) if len(entrances) > 1 else here())
    flats = whereabouts.on_floor(building, entrance, floor, site.id)
    return Step(_("Room"), [(u.number, here(room=u.label)) for u in flats], here(building=building, entrance=entrance))


def here(**chosen: Any) -> str:
    """The address of this screen with what has been chosen."""
    return url_for("phone.hand_over", site=request.args.get("site"), **chosen)
