"""The appointment of a job is moved by whoever spoke with the resident, and the others are told."""

from datetime import datetime

import pytest

from actions import telling
from domain.errors import NotAllowedNow, NotFound, NotPermitted
from domain.lifecycle import JobStatus
from extensions import db
from models import Job, Notice, NoticeChannel, User
from tests.actions.situations import SOON, job_in
from tests.factories import dispatched, do, fresh

LATER = "2099-01-05T09:00:00+08:00"


def told():
    telling.tell(by_email=False)
    asked = db.select(User.username).join(Notice, Notice.recipient_id == User.id)
    asked = asked.where(Notice.reason.startswith("reschedule"), Notice.channel == NoticeChannel.PRODUCT)
    return {name.removesuffix("-YH") for name in db.session.scalars(asked)}


@pytest.mark.parametrize("name", ["agent", "agent2", "director", "head", "technician"])
def test_centre_head_and_holder_move_it_and_the_status_stays(cast, name):
    service_request, job = dispatched(cast)
    do("reschedule", job, getattr(cast, name), appointment_at=SOON)
    do("reschedule", job, getattr(cast, name), appointment_at=LATER, words="业主改到一月")
    (moved,) = fresh(service_request).jobs
    assert (moved.appointment_at, moved.status) == (datetime.fromisoformat(LATER), JobStatus.DISPATCHED)
    assert fresh(service_request).events[-1].details["instead_of"] == SOON


@pytest.mark.parametrize("name", ["technician2", "guard", "site_director", "cashier"])
def test_nobody_else_moves_it(cast, name):
    _, job = dispatched(cast)
    with pytest.raises((NotPermitted, NotAllowedNow, NotFound)):
        do("reschedule", job, getattr(cast, name), appointment_at=SOON)


@pytest.mark.parametrize("status", [JobStatus.DONE, JobStatus.RETURNED, JobStatus.CANCELLED])
def test_what_is_over_has_no_appointment(cast, status):
    job = job_in(status, cast)
    with pytest.raises((NotAllowedNow, NotFound)):
        do("reschedule", job, cast.agent, appointment_at=SOON)


def test_the_technician_the_head_and_whoever_dispatched_are_told(cast):
    _, job = dispatched(cast)
    do("reschedule", job, cast.agent2, appointment_at=SOON)
    assert told() == {"technician", "head", "agent"}


def test_the_holder_moves_it_on_the_phone(cast, client_for):
    _, job = dispatched(cast)
    phone = client_for(cast.technician)
    url = f"/phone/jobs/{job.id}/reschedule"
    assert "datetime-local" in phone.get(url).text
    assert phone.post(url, data={"appointment_at": "2020-01-01T10:00"}).status_code == 422
    assert phone.post(url, data={"appointment_at": "2099-01-05T09:00"}).status_code == 303
    assert "2099-01-05 09:00" in phone.get(f"/phone/jobs/{job.id}").text
    assert db.session.get_one(Job, job.id, populate_existing=True).appointment_at == datetime.fromisoformat(LATER)
