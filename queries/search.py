"""Finding service requests by what somebody remembers of them."""

from sqlalchemy import ColumnElement, or_

from models import Resident, ServiceRequest, Unit


def matching(text: str) -> ColumnElement[bool]:
    """Requests whose words, reference, people, phone or room contain the text; Unit and Resident must be joined."""
    columns = (
        ServiceRequest.words,
        ServiceRequest.reference,
        ServiceRequest.place,
        ServiceRequest.caller_name,
        ServiceRequest.caller_phone,
        Resident.name,
        Resident.initials,
        Unit.label,
    )
    return or_(*(column.icontains(text, autoescape=True) for column in columns))
