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


@pytest.fixture
def shot(tmp_path):
    """A picture from the camera."""
    shot = tmp_path / "shot.jpg"
    shot.write_bytes(picture(size=(2400, 1800)))
    return shot


def test_a_tap_with_a_signal_gets_the_servers_answer(job, phone):
    """Scenarios 61 and 1."""
    phone.open(f"/phone/jobs/{job.id}").tap("acknowledge")
    phone.wait_for(lambda: [entry["state"] for entry in phone.entries()] == ["done"])
    phone.until("return document.querySelector('#job').dataset.status === a", "acknowledged")
    assert stored.actions(job) == ["acknowledge"]


def test_a_day_without_a_signal_arrives_in_order_with_its_photo(cast, job, phone, network, shot):
    """Scenarios 61 and 2."""
    network.down()
    phone.open(f"/phone/jobs/{job.id}")
    phone.tap("acknowledge")
    phone.badge("acknowledged")
    phone.tap("arrive")
    phone.badge("working")
    phone.tap("complete", ("photos_after", shot), **FIXED)
    phone.badge("done")
    phone.open("/phone/hand-over").tap("register", ("photos", shot), **HAND_OVER)
    phone.engine.restart()
    phone.open(f"/phone/jobs/{job.id}").badge("done")
    network.mend()
    phone.open("/phone/outbox").delivered()
    assert stored.actions(job) == ["acknowledge", "arrive", "complete"]
    assert len(stored.reports(cast.technician)) == 1
    assert len(stored.pictures()) == 2


def test_what_waits_comes_back_into_a_database_that_was_emptied(cast, phone, network, shot):
    """Scenarios 61 and 69."""
    network.down()
    phone.open("/phone/hand-over").tap("register", ("photos", shot), **HAND_OVER)
    phone.until("return (await (await caches.open('unsent')).keys()).length === 2")  # its words and its photo
    phone.engine.run("await new Promise((done) => { indexedDB.deleteDatabase('yingda').onsuccess = done; });")
    phone.open("/phone/hand-over")
    phone.wait_for(lambda: [entry["state"] for entry in phone.entries()] == ["waiting"])
    network.mend()
    phone.open("/phone/outbox").delivered()
    assert len(stored.reports(cast.technician)) == len(stored.pictures()) == 1


def test_a_lost_answer_is_no_second_report(cast, phone, network):
    """Scenarios 61 and 3."""
    phone.open("/phone/hand-over")
    network.on("POST /phone/hand-over", faults.lose_reply, 2)
    phone.tap("register", **HAND_OVER)
    phone.open("/phone/outbox").delivered()
    assert len(stored.reports(cast.technician)) == 1


def test_an_answer_lost_while_browser_and_server_die_is_no_second_report(cast, phone, network, server):
    """Scenarios 61 and 4."""
    phone.open("/phone/hand-over")
    network.on("POST /phone/hand-over", faults.lose_reply)
    network.on("POST /phone/hand-over", faults.lose_request, faults.ALWAYS)
    phone.tap("register", **HAND_OVER)
    phone.wait_for(lambda: phone.entries()[0]["last_error"])
    server.kill()
    phone.engine.restart()
    server.start()
    network.mend()
    phone.open("/phone/outbox").delivered()
    assert len(stored.reports(cast.technician)) == 1


def test_a_photo_whose_answer_is_lost_or_whose_server_is_ill_comes_once(cast, phone, network, shot):
    """Scenarios 61 and 5."""
    photo = "POST /phone/entries/[^/]+/photos"
    phone.open("/phone/hand-over")
    network.on(photo, faults.lose_reply)
    network.on(photo, faults.answer(500))
    phone.tap("register", ("photos", shot), **HAND_OVER)
    phone.open("/phone/outbox").delivered()
    assert len(network.sent(photo)) >= 3
    assert len(stored.pictures()) == len(stored.reports(cast.technician)) == 1


def test_two_tabs_know_the_same_and_send_each_entry_once(job, phone, network):
    """Scenarios 61 and 6."""
    network.down()
    phone.open(f"/phone/jobs/{job.id}")
    second = phone.tab().open(f"/phone/jobs/{job.id}")
    phone.tap("acknowledge")
    second.badge("acknowledged")
    second.tap("arrive")
    phone.badge("working")
    network.mend()
    for tab in (phone, second):
        tab.engine.run("dispatchEvent(new Event('online'));")
    phone.open("/phone/outbox").delivered()
    assert stored.actions(job) == ["acknowledge", "arrive"]


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


def test_a_refused_form_is_mended_and_sent_in_its_place_with_its_photo(job, phone, network, shot):
    """Scenarios 61 and 15."""
    network.down()
    phone.open(f"/phone/jobs/{job.id}").tap("arrive")
    phone.tap("complete", ("photos_after", shot), outcome="fixed")
    phone.tap("annotate", words="住户要发票")
    network.mend()
    phone.open("/phone/outbox")
    refused = phone.wait_for(lambda: next((entry for entry in phone.entries() if entry["state"] == "refused"), None))
    phone.mend(refused["id"], work_done="更换角阀")
    phone.delivered()
    assert stored.done() == ["arrive", "complete", "annotate"]
    assert len(stored.pictures()) == 1
