"""Receipts under pressure: deliveries in the same instant, clocks that are wrong."""

from datetime import UTC, datetime, timedelta
from functools import partial
from threading import Barrier, Thread
from uuid import UUID

import pytest
from sqlalchemy import func, select

from extensions import db
from models import Attachment, Event, Receipt, ServiceRequest
from tests.entries import Phone
from tests.factories import dispatched, do, fresh, registered
from tests.pictures import picture

FIXED = {"outcome": "fixed", "work_done": "更换角阀"}


def at_once(app, *deliveries):
    """What came of deliveries that begin in the same instant, each on a thread and a connection of its own."""
    answers, together = [None] * len(deliveries), Barrier(len(deliveries))

    def run(number, deliver):
        with app.app_context():
            together.wait(timeout=20)
            answers[number] = deliver().json

    threads = [Thread(target=run, args=one) for one in enumerate(deliveries)]
    db.session.commit()  # what the test has read until here is let go
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return answers


def eight_of(phone, entry):
    """The same entry from eight tabs."""
    return [partial(phone.tab().deliver, entry) for _ in range(8)]


@pytest.mark.parametrize(
    ("action", "typed"),
    [("complete", FIXED), ("acknowledge", {}), ("annotate", {"words": "总阀在楼道"}), ("transfer", {})],
)
def test_eight_deliveries_in_the_same_instant_are_one_event_and_eight_times_yes(action, typed, cast, app):
    service_request, job = dispatched(cast)
    typed = {"target": f"holder:{cast.technician2.id}"} if action == "transfer" else typed
    phone = Phone(app, cast.technician)
    entry = phone.written(f"/phone/jobs/{job.id}/{action}", **typed)
    answers = at_once(app, *eight_of(phone, entry))
    assert [answer["verdict"] for answer in answers] == ["applied"] * 8
    assert all(answer == answers[0] for answer in answers)
    assert db.session.scalar(select(func.count()).where(Event.id == UUID(entry["id"]))) == 1
    assert db.session.scalar(select(func.count()).where(Event.action == action)) == 1
    assert db.session.get_one(Receipt, UUID(entry["id"])).deliveries == 8


def test_eight_hand_overs_in_the_same_instant_are_one_request(cast, app):
    phone = Phone(app, cast.guard)
    entry = phone.written("/phone/hand-over", room="3-2-501", words="楼道灯坏了")
    answers = at_once(app, *eight_of(phone, entry))
    assert [answer["verdict"] for answer in answers] == ["applied"] * 8
    assert db.session.scalar(select(func.count(ServiceRequest.id))) == 1


def test_a_photo_sent_eight_times_in_the_same_instant_is_kept_once(cast, app):
    _, job = dispatched(cast)
    phone, photo = Phone(app, cast.technician), picture()
    entry = phone.written(f"/phone/jobs/{job.id}/complete", photos=[("photos_after", "1.jpg", photo)], **FIXED)
    phone.deliver(entry)
    answers = at_once(app, *[partial(phone.tab().send_photo, entry["id"], photo) for _ in range(8)])
    assert [answer["verdict"] for answer in answers] == ["kept"] * 8
    assert db.session.scalar(select(func.count(Attachment.id))) == 1


def test_eight_refusals_in_the_same_instant_are_one_receipt(cast, app):
    _, job = dispatched(cast)
    phone = Phone(app, cast.technician)
    entry = phone.written(f"/phone/jobs/{job.id}/resume")
    answers = at_once(app, *eight_of(phone, entry))
    assert [answer["verdict"] for answer in answers] == ["refused"] * 8
    assert db.session.get_one(Receipt, UUID(entry["id"])).deliveries == 8


@pytest.mark.parametrize("attempt", range(3))
def test_discarding_and_delivering_in_the_same_instant_tell_the_same_story(attempt, cast, app):
    service_request, job = dispatched(cast)
    phone = Phone(app, cast.technician)
    entry = phone.written(f"/phone/jobs/{job.id}/complete", **FIXED)
    discard = partial(phone.tab().visitor.post, f"/phone/entries/{entry['id']}/withdrawal", headers=phone.headers)
    delivered, withdrawn = at_once(app, partial(phone.deliver, entry), discard)
    assert delivered["verdict"] == withdrawn["verdict"]
    done = fresh(service_request).jobs[0].status == "done"
    assert done == (delivered["verdict"] == "applied")


def moment_of(entry):
    return db.session.get_one(Event, UUID(entry["id"])).happened_at


def near(moment, other):
    return abs(moment - other) < timedelta(seconds=20)


@pytest.mark.parametrize("fast", [timedelta(hours=2), timedelta(days=365), timedelta(days=-365 * 56)], ids=str)
def test_a_clock_that_is_wrong_makes_nobody_early_or_late(fast, cast, app):
    began = datetime.now(UTC) - timedelta(hours=3)
    service_request = registered(cast, happened_at=began)
    do("accept", service_request, cast.agent, happened_at=began)
    do("dispatch", service_request, cast.agent, happened_at=began, holder_id=str(cast.technician.id))
    job = fresh(service_request).jobs[0]
    phone, now = Phone(app, cast.technician), datetime.now(UTC)
    tapped = now - timedelta(hours=1)
    entry = phone.written(f"/phone/jobs/{job.id}/arrive", at=tapped + fast)
    phone.deliver(entry, now=now + fast)
    assert near(moment_of(entry), tapped)
    receipt = db.session.get_one(Receipt, UUID(entry["id"]))
    assert near(receipt.said_at, tapped + fast) and near(receipt.sent_at, now + fast) and near(receipt.received_at, now)


def test_nothing_happens_to_a_job_before_it_came_to_where_it_stands(cast, app):
    service_request, job = dispatched(cast)
    phone = Phone(app, cast.technician)
    early = datetime.now(UTC) - timedelta(days=2)
    taps = [phone.written(f"/phone/jobs/{job.id}/{action}", at=early, **typed) for action, typed in
            (("acknowledge", {}), ("arrive", {}), ("annotate", {"words": "到了"}), ("complete", FIXED))]  # fmt: skip
    for entry in taps:
        assert phone.deliver(entry).json["verdict"] == "applied"
    moves = [event for event in fresh(service_request).events if event.job_id == job.id and event.action != "conclude"]
    moments = [event.happened_at for event in moves]
    assert moments == sorted(moments)
    assert all(event.happened_at >= service_request.registered_at for event in fresh(service_request).events)


def test_a_hold_of_a_phone_that_is_a_year_ahead_still_means_tomorrow(cast, app):
    _, job = dispatched(cast)
    do("acknowledge", job, cast.technician)
    phone, ahead = Phone(app, cast.technician), datetime.now(UTC) + timedelta(days=365)
    until = (datetime.now(UTC) + timedelta(days=1)).date().isoformat()
    entry = phone.written(f"/phone/jobs/{job.id}/hold", at=ahead, reason="parts", until=until)
    assert phone.deliver(entry, now=ahead).json["status"] == "on_hold"


def test_a_note_does_not_hold_up_the_clock_of_a_tap(cast, app):
    """An arrival of nine, told at eleven, is one of nine although the centre wrote a note at ten."""
    nine = datetime.now(UTC) - timedelta(hours=2)
    eight, ten = nine - timedelta(hours=1), nine + timedelta(hours=1)
    service_request = registered(cast, happened_at=eight)
    do("accept", service_request, cast.agent, happened_at=eight)
    do("dispatch", service_request, cast.agent, happened_at=eight, holder_id=str(cast.technician.id))
    do("annotate", service_request, cast.agent, happened_at=ten, words="住户在家", audience="internal")
    job = fresh(service_request).jobs[0]
    phone = Phone(app, cast.technician)
    entry = phone.written(f"/phone/jobs/{job.id}/arrive", at=nine)
    phone.deliver(entry)
    assert near(moment_of(entry), nine)
