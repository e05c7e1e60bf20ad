"""Keeping what a service request can be found by in step with what it says."""

from functools import cache
from typing import Any

from sqlalchemy import bindparam, func, select

from actions.inserting import insert
from domain.search_terms import terms_of
from extensions import db
from models import Resident, ResidentPhone, SearchText, ServiceRequest, Unit

_resident = Resident.id == bindparam("resident_id")
_numbers = select(func.aggregate_strings(ResidentPhone.number, " "))
PLACE_AND_PEOPLE = select(
    select(Unit.label).where(Unit.id == bindparam("unit_id")).scalar_subquery(),
    select(Resident.name).where(_resident).scalar_subquery(),
    select(Resident.initials).where(_resident).scalar_subquery(),
    _numbers.where(ResidentPhone.resident_id == bindparam("resident_id")).scalar_subquery(),
)


def make_findable(service_request: ServiceRequest) -> None:
    """Write down the pieces of its words, people, numbers and place; part of the caller's unit of work."""
    own = (service_request.reference, service_request.caller_name, service_request.caller_phone, service_request.place)
    terms = terms_of([*own, *place_and_people(service_request), service_request.words])
    db.session.flush()  # the row refers to the request's
    row = {"site": service_request.site_id, "request": service_request.id, "terms": terms}
    db.session.connection().execute(writing(db.engine.dialect.name), row)


@cache
def writing(_database: str) -> Any:
    """The statement that puts the pieces in the place of those before, put together once."""
    new = insert(SearchText.__table__).values(
        site_id=bindparam("site"), service_request_id=bindparam("request"), terms=bindparam("terms")
    )
    return new.on_conflict_do_update(index_elements=["service_request_id"], set_={"terms": new.excluded.terms})


def place_and_people(service_request: ServiceRequest) -> list[str]:
    """The label of its unit, the name of its resident, the initials and the numbers; where it names neither, nothing
    is asked.
    """
    named = {"unit_id": service_request.unit_id, "resident_id": service_request.resident_id}
    found = db.session.execute(PLACE_AND_PEOPLE, named).one() if any(named.values()) else ()
    return [text or "" for text in found]
