"""Entries of a phone's outbox: each is done once, answered with a verdict, and nothing a phone sends is lost."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import func, select

from extensions import db
from models import Event, Receipt, ServiceRequest
from tests.entries import Phone
from tests.factories import dispatched, do, fresh, registered

FIXED = {"outcome": "fixed", "work_done": "更换角阀"}


@pytest.fixture
def phone_of(app):
    """`phone_of(technician)`: a phone on which this colleague has signed in."""
    return lambda person: Phone(app, person)


def events_of(service_request, action=None):
    asked = select(Event).where(Event.service_request_id == service_request.id).order_by(Event.sequence)
    return db.session.scalars(asked.where(Event.action == action) if action else asked).all()


def receipt_of(entry):
    return db.session.get_one(Receipt, UUID(entry["id"]))


def test_an_entry_is_done_and_answered_with_its_own_id(cast, phone_of):
    service_request, job = dispatched(cast)
    phone = phone_of(cast.technician)
    entry = phone.written(f"/phone/jobs/{job.id}/acknowledge")
    response = phone.deliver(entry)
    assert response.status_code == 200 and response.mimetype == "application/json"
    answer = response.json
    assert answer == {
        "entry": entry["id"], "verdict": "applied", "code": "", "sentence": "", "fields": {},
        "version": fresh(service_request).version, "status": "acknowledged", "url": f"/phone/jobs/{job.id}",
        "photos": {},
    }  # fmt: skip
    assert [str(event.id) for event in events_of(service_request, "acknowledge")] == [entry["id"]]


def test_a_shift_without_a_signal_arrives_in_order_with_its_times(cast, phone_of):
    service_request, job = dispatched(cast)
    phone, now = phone_of(cast.technician), datetime.now(UTC)
    for action, typed in (("acknowledge", {}), ("arrive", {}), ("complete", FIXED)):
        assert phone.tap(job, action, **typed)["verdict"] == "applied"
    assert fresh(service_request).status == "completed"


def test_a_lost_reply_is_answered_again_and_nothing_happens_twice(cast, phone_of):
    service_request, job = dispatched(cast)
    phone = phone_of(cast.technician)
    entry = phone.written(f"/phone/jobs/{job.id}/transfer", target=f"holder:{cast.technician2.id}")
    answers = [phone.deliver(entry).json for _ in range(3)]
    assert answers[0]["verdict"] == "applied" and answers[0] == answers[1] == answers[2]
    assert len(events_of(service_request, "transfer")) == 1 and receipt_of(entry).deliveries == 3
