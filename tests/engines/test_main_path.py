"""The main path of a phone in Firefox and in WebKit, which is what iPhones have. `bin/test --engines` runs it."""

import pytest

from actions.sign_in import end_sessions
from tests.engines.engine import Phone
from tests.engines.firefox import Firefox
from tests.engines.webkit import WebKit
from tests.factories import do
from tests.offline import faults, stored
from tests.offline.phone import PASSWORD
from tests.offline.test_delivery import FIXED, HAND_OVER
from tests.pictures import picture


@pytest.fixture(params=["firefox", "webkit"])
def phone(request, network, cast, job, tmp_path):
    """The technician's phone, with the job on it."""
    engine = Firefox(tmp_path / "profile") if request.param == "firefox" else WebKit()
    try:
        phone = Phone(engine, network.url).sign_in(cast.technician, PASSWORD)
        phone.holds(cast.technician, f"/phone/jobs/{job.id}")
        yield phone
    finally:
        network.mend()
        engine.close()


def test_a_day_without_a_signal_arrives_in_order_with_its_photo(cast, job, phone, network, tmp_path):
    """Scenarios 61 and 2."""
    shot = tmp_path / "shot.jpg"
    shot.write_bytes(picture(size=(2400, 1800)))
    network.down()
    phone.open(f"/phone/jobs/{job.id}")
    phone.tap("acknowledge")
    phone.badge("acknowledged")
    phone.tap("arrive")
    phone.badge("working")
    phone.tap("complete", ("photos_after", shot), **FIXED)
    phone.badge("done")
    phone.open("/phone/hand-over").tap("register", **HAND_OVER)
    network.mend()
    phone.open("/phone/outbox").delivered()
    assert stored.actions(job) == ["acknowledge", "arrive", "complete"]
    assert len(stored.reports(cast.technician)) == len(stored.pictures()) == 1


def test_a_lost_answer_is_no_second_report(cast, phone, network):
    """Scenarios 61 and 3."""
    phone.open("/phone/hand-over")
    network.on("POST /phone/hand-over", faults.lose_reply, 2)
    phone.tap("register", **HAND_OVER)
    phone.open("/phone/outbox").delivered()
    assert len(stored.reports(cast.technician)) == 1


def test_a_session_that_ended_keeps_what_waits(cast, job, phone, network):
    """Scenarios 61 and 8."""
    network.down()
    phone.open(f"/phone/jobs/{job.id}").tap("acknowledge")
    end_sessions(cast.technician.id)
    network.mend()
    phone.sign_in(cast.technician, PASSWORD).open("/phone/outbox").delivered()
    assert stored.actions(job) == ["acknowledge"]


def test_a_job_in_other_hands_is_said_so(cast, job, phone, network):
    """Scenarios 61 and 14."""
    network.down()
    phone.open(f"/phone/jobs/{job.id}").tap("acknowledge")
    do("assign", job, cast.head, holder_id=str(cast.technician2.id))
    network.mend()
    phone.open("/phone/outbox")
    phone.wait_for(
        lambda: [(entry["state"], bool(entry["sentence"])) for entry in phone.entries()] == [("refused", True)]
    )
    assert stored.actions(job) == ["assign"]
