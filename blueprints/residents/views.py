"""The people and companies of the estate, and their units."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from blueprints.access import requires
from blueprints.language import zone_of_this_visit
from blueprints.paging import key_asked
from blueprints.residents.blueprint import bp
from domain.days import local_day
from domain.permissions import Permission
from forms.base import read
from forms.fields import half_width
from queries import residents


@bp.get("")
@requires(Permission.SEE_RESIDENTS)
def directory() -> ResponseReturnValue:
    """Everybody, or whoever has this in name, initials, number or room."""
    text = half_width(request.args.get("who")) or ""
    found = residents.directory(text, viewer=current_user, after=read(UUID, request.args.get("after")))
    return render_template("residents/directory.html", text=text, found=found, today=today())


@bp.get("/<uuid:id>")
@requires(Permission.SEE_RESIDENTS)
def resident(id: UUID) -> ResponseReturnValue:
    """One resident: numbers, units, every request."""
    person = residents.of_id(id, viewer=current_user)
    return render_template("residents/resident.html", resident=person, today=today(), **requests_of(person))


@bp.get("/units/<uuid:id>")
@requires(Permission.SEE_RESIDENTS)
def unit(id: UUID) -> ResponseReturnValue:
    """One unit: who lives there now and who did, every request."""
    home = residents.unit_of_id(id, viewer=current_user)
    tenures = residents.tenures_of(home)
    return render_template("residents/unit.html", unit=home, tenures=tenures, today=today(), **requests_of(home))


def requests_of(subject: Any) -> dict[str, Any]:
    """What residents/requests.html needs."""
    moment = datetime.now(UTC)
    return {
        "shown": residents.requests_of(subject, viewer=current_user, now=moment, **key_asked()),
        "count": residents.count_of(subject, viewer=current_user, now=moment),
        "moment": moment,
    }


def today() -> Any:
    """The date on the site's wall clock."""
    return local_day(datetime.now(UTC), zone_of_this_visit())
