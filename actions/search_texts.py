"""Keeping what a service request can be found by in step with what it says."""

from sqlalchemy import func, select

from domain.search_terms import terms_of
from extensions import db
from models import Resident, ResidentPhone, SearchText, ServiceRequest, Unit


def make_findable(service_request: ServiceRequest) -> None:
    """Write down the pieces of its words, people, numbers and place; part of the caller's unit of work."""
    db.session.flush()
    numbers = select(func.aggregate_strings(ResidentPhone.number, " ")).where(
        ResidentPhone.resident_id == ServiceRequest.resident_id
    )
    found = db.session.execute(
        select(Unit.label, Resident.name, Resident.initials, numbers.scalar_subquery(), SearchText)
        .select_from(ServiceRequest)
        .outerjoin(Unit, Unit.id == ServiceRequest.unit_id)
        .outerjoin(Resident, Resident.id == ServiceRequest.resident_id)
        .outerjoin(SearchText, SearchText.service_request_id == ServiceRequest.id)
        .where(ServiceRequest.id == service_request.id)
    ).one()
    *of_place_and_people, search_text = found
    own = (service_request.reference, service_request.caller_name, service_request.caller_phone, service_request.place)
    terms = terms_of([*own, *(text or "" for text in of_place_and_people), service_request.words])
    if search_text is None:
        search_text = SearchText(site_id=service_request.site_id, service_request_id=service_request.id)
        db.session.add(search_text)
    search_text.terms = terms
