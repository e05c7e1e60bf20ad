"""The rooms of one's own site and whom to call there, in as few characters as will do."""

from collections import defaultdict
from datetime import UTC, date, datetime
from typing import Any

from flask import jsonify
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.access import requires
from blueprints.display import local_name, phone
from blueprints.sync.blueprint import bp
from blueprints.sync.plan import directory_version
from domain.days import local_day
from domain.permissions import Permission
from domain.unit_labels import SPELLING
from queries import directory


@bp.get("/directory.json")
@requires(Permission.LOOK_UP_UNITS)
def rooms() -> ResponseReturnValue:
    """{version, spelling, buildings: [[id, name, [[entrance, floor, number, label, contacts], …]], …]}."""
    site = current_user.site
    if site is None:  # somebody of the company chooses a site first, which takes a network
        return jsonify(version="", spelling=SPELLING, buildings=[])
    today = local_day(datetime.now(UTC), site.zone)
    return jsonify(version=directory_version(today), spelling=SPELLING, buildings=buildings(site, today))


def buildings(site: Any, today: date) -> list[list[Any]]:
    """Each building's name with its units, in the order in which they are offered."""
    people, units = directory.people(site, today), defaultdict(list)
    for unit in directory.units(site):
        units[unit.building_id].append([unit.entrance, unit.floor, unit.number, unit.label, contacts(people[unit.id])])
    return [[str(building.id), local_name(building), units[building.id]] for building in directory.buildings(site)]


def contacts(people: list[Any]) -> list[list[str]]:
    """Whom to write down for a unit, as the hand-over screen prints it."""
    return [[row.name, phone(row.number or ""), _(row.kind.label)] for row in people]
