"""Whatever the network does to an entry on its way: it arrives, once, in order, or stays on the phone."""

import pytest

from extensions import db
from tests.offline import faults, stored
from tests.offline.chromium import IMPATIENT
from tests.offline.faults import ALWAYS
from tests.offline.phone import photos

HAND_OVER = {"room": "3-2-501", "words": "地下车库有水"}
FIXED = {"outcome": "fixed", "work_done": "更换角阀"}


def test_a_tap_with_a_signal_gets_the_servers_answer(cast, job, phone):
    """Scenario 1."""
    mine = phone(cast.technician).open_job(job)
    entry = mine.tap("acknowledge")
    answer = mine.settled(entry["id"], "done")["answer"]
    assert (answer["verdict"], answer["status"]) == ("applied", "acknowledged")
    mine.wait_for(lambda: mine.page.locator("#job").get_attribute("data-status") == "acknowledged")
    assert mine.page.locator("#job [data-unsent]").count() == 0, "What the server has drawn is not marked as waiting."
    assert stored.actions(job) == ["acknowledge"]


@pytest.mark.long
@pytest.mark.on_both
def test_a_whole_day_without_a_signal_arrives_in_order_with_its_photos(cast, job, phone, network, server):
    """Scenario 2."""
    mine = phone(cast.technician, restarts=True)
    mine.holds(f"/phone/jobs/{job.id}")
    mine.holds("/phone/hand-over")
    network.down()
    server.stop()
    mine.open_job(job)
    mine.tap("acknowledge")
    mine.wait_for(lambda: mine.ahead == "acknowledged")
    mine.tap("arrive")
    mine.wait_for(lambda: mine.ahead == "working")
    mine.tap("complete", **FIXED, parts="角阀一只", photos_after=photos(2))
    mine.wait_for(lambda: mine.ahead == "done")
    mine.open("/phone/hand-over").tap("register", **HAND_OVER, photos=photos(1))
    mine.restart().open("/phone/")
    mine.wait_for(lambda: mine.page.locator(f"[data-job='{job.id}'] [data-badge=done]").count())
    mine.open("/phone/outbox")
    mine.wait_for(lambda: mine.cards() == 4)
    server.start()
    network.mend()
    mine.send_now()
    mine.delivered()
    assert stored.actions(job) == ["acknowledge", "arrive", "complete"]
    assert [report.words for report in stored.reports(cast.technician)] == [HAND_OVER["words"]]
    assert len(stored.pictures()) == 3
    assert mine.stored("photos") == []


@pytest.mark.on_both
def test_an_answer_lost_twice_is_no_second_report(cast, phone, network):
    """Scenario 3."""
    mine = phone(cast.guard).open("/phone/hand-over")
    network.on("POST /phone/hand-over", faults.lose_reply, 2)
    entry = mine.tap("register", **HAND_OVER)
    mine.delivered()
    assert len(stored.reports(cast.guard)) == 1
    assert len(network.sent("POST /phone/hand-over")) == stored.receipt(entry["id"]).deliveries == 3


def test_an_answer_that_breaks_off_half_way_settles_nothing(cast, phone, network):
    """Scenario 3."""
    mine = phone(cast.guard).open("/phone/hand-over")
    network.on("POST /phone/hand-over", faults.cut_reply)
    mine.tap("register", **HAND_OVER)
    mine.delivered()
    assert len(network.sent("POST /phone/hand-over")) == 2
    assert len(stored.reports(cast.guard)) == 1


def test_an_answer_lost_while_browser_and_server_die_is_no_second_report(cast, phone, network, server):
    """Scenario 4."""
    mine = phone(cast.guard, restarts=True).open("/phone/hand-over")
    network.on("POST /phone/hand-over", faults.lose_reply, 1)
    network.on("POST /phone/hand-over", faults.lose_request, ALWAYS)
    entry = mine.tap("register", **HAND_OVER)
    mine.wait_for(lambda: mine.entry(entry["id"])["last_error"])
    server.kill()
    mine.kill()
    server.start()
    network.mend()
    mine.open("/phone/outbox").delivered()
    assert len(stored.reports(cast.guard)) == 1


def test_two_tabs_know_the_same_and_send_each_entry_once(cast, job, phone, network):
    """Scenario 6."""
    first = phone(cast.technician)
    first.holds(f"/phone/jobs/{job.id}")
    first.open_job(job)
    second = first.tab().open_job(job)
    first.go_offline()
    first.tap("acknowledge")
    second.wait_for(lambda: second.ahead == "acknowledged")
    second.tap("arrive")
    first.wait_for(lambda: first.ahead == "working")
    first.tap("complete", **FIXED)
    first.go_online()
    for tab in (first, second):
        tab.page.evaluate("dispatchEvent(new Event('online'))")
    first.delivered()
    assert stored.actions(job) == ["acknowledge", "arrive", "complete"]
    assert [receipt.deliveries for receipt in stored.receipts()] == [1, 1, 1]


def test_three_taps_in_a_row_are_one_entry(cast, phone):
    """Scenario 7."""
    mine = phone(cast.guard)
    mine.holds("/phone/hand-over")
    mine.open("/phone/hand-over").go_offline()
    mine.fill("register", **HAND_OVER)
    mine.button_of("register").evaluate("(button) => { for (let tap = 0; tap < 3; tap += 1) button.click(); }")
    mine.hears("saved")
    mine.go_online()
    mine.delivered()
    assert len(mine.entries()) == len(stored.reports(cast.guard)) == 1


def test_a_server_that_stumbles_is_asked_again(cast, phone, network):
    """Scenario 11."""
    mine = phone(cast.guard).open("/phone/hand-over")
    for code in (500, 500, 429, 503):
        network.on("POST /phone/hand-over", faults.answer(code))
    mine.tap("register", **HAND_OVER)
    for _ in range(4):
        mine.send_now()
    mine.delivered()
    assert len(network.sent("POST /phone/hand-over")) == 5
    assert len(stored.reports(cast.guard)) == 1


def test_a_page_that_says_200_in_the_servers_place_settles_nothing(cast, phone, network):
    """Scenario 12."""
    mine = phone(cast.guard).open("/phone/hand-over")
    network.on("POST /phone/hand-over", faults.portal)
    network.on("POST /phone/hand-over", faults.sign_in_page, ALWAYS)
    entry = mine.tap("register", **HAND_OVER)
    mine.wait_for(lambda: mine.entry(entry["id"])["tries"] >= 2 or mine.send_now())
    assert mine.states == ["waiting"]
    assert stored.reports(cast.guard) == []
    network.mend()
    mine.send_now()
    mine.delivered()
    assert [sent.status for sent in network.sent("POST /phone/hand-over") if sent.status] == [200]
    assert len(stored.reports(cast.guard)) == 1


def test_an_entry_the_server_breaks_on_does_not_stop_the_other_jobs(cast, job, phone, network):
    """Scenario 13."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    mine.holds("/phone/hand-over")
    network.on("POST /phone/hand-over", faults.answer(500), ALWAYS)
    mine.open("/phone/hand-over").go_offline()
    poison = mine.tap("register", **HAND_OVER)
    mine.open_job(job).tap("acknowledge")
    mine.go_online()
    mine.wait_for(lambda: stored.actions(job) == ["acknowledge"] or mine.has_sent())
    assert mine.entry(poison["id"])["state"] == "waiting"
    network.mend()
    mine.send_now()
    mine.delivered()


def test_a_slow_server_is_not_waited_for_and_not_asked_twice(cast, phone, network):
    """Scenario 27."""
    mine = phone(cast.guard).open("/phone/hand-over")
    network.on("POST /phone/hand-over", faults.delay(60))
    tapped = mine.tap("register", **HAND_OVER)["happened_at"]
    mine.hears("saved")
    waited = mine.page.evaluate("(tapped) => Date.now() - Date.parse(tapped)", tapped)
    assert waited >= 4_000, "For some seconds the answer is worth waiting for."
    assert stored.reports(cast.guard) == []
    network.mend()
    mine.delivered()
    assert len(network.sent("POST /phone/hand-over")) == 1


def test_bars_on_the_screen_and_no_bytes_stop_nobody(cast, job, phone, network):
    """Scenario 34."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    mine.open_job(job)
    network.on("", faults.hang, ALWAYS)
    mine.tap("acknowledge")
    mine.open_job(job)
    assert mine.ahead == "acknowledged"
    network.mend()
    mine.send_now()
    mine.delivered()
    assert stored.actions(job) == ["acknowledge"]


@pytest.mark.parametrize("fault", [faults.lose_request, faults.hang])
def test_the_browser_delivers_in_the_background_without_a_page(cast, phone, network, fault):
    """Scenario 28."""
    mine = phone(cast.guard, restarts=True, more=IMPATIENT)
    mine.holds("/phone/hand-over")
    network.on("", fault, ALWAYS)
    mine.open("/phone/hand-over").tap("register", **HAND_OVER)
    mine.until("() => navigator.serviceWorker.ready.then(({ sync }) => sync.getTags()).then(([tag]) => Boolean(tag))")
    mine.page.goto("about:blank")
    assert [page.url for page in mine.context.pages] == ["about:blank"]
    network.mend()
    mine.wait_for(lambda: stored.reports(cast.guard))


def test_a_sync_event_delivers_where_the_page_does_not(cast, phone, network):
    """Scenario 29."""
    mine = phone(cast.guard).open("/phone/hand-over")
    network.on("POST", faults.lose_request, ALWAYS)
    mine.tap("register", **HAND_OVER)
    mine.page.goto("about:blank")
    network.mend()
    mine.wait_for(lambda: stored.reports(cast.guard) or mine.sync())  # an earlier try may still be at it


def test_a_worker_that_was_stopped_serves_again_without_a_signal(cast, job, phone):
    """Scenario 30."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    mine.go_offline()
    tools = mine.context.new_cdp_session(mine.page)
    tools.send("ServiceWorker.enable")
    tools.send("ServiceWorker.stopAllWorkers")
    mine.open_job(job)
    assert "3-2-501" in mine.text()


# True once this page has the lock; it never lets go of it.
HOLD_THE_LOCK = """() => new Promise((resolve) => {
  navigator.locks.request("yingda-delivery", () => new Promise(() => resolve(true))).catch(() => {});
})"""
# Whoever has the lock showed the last sign of life so many milliseconds ago.
LAST_HEARD_OF = """(ago) => new Promise((resolve) => {
  indexedDB.open("yingda").onsuccess = ({ target: { result: database } }) => {
    const writing = database.transaction("notes", "readwrite");
    writing.objectStore("notes").put(Date.now() - ago, "beat");
    writing.oncomplete = () => resolve(database.close());
  };
})"""


def test_a_lock_left_by_a_dead_page_is_broken(cast, phone, network):
    """Scenario 40."""
    mine = phone(cast.guard)
    mine.holds("/phone/hand-over")
    mine.open("/phone/hand-over")
    dead = mine.tab()
    dead.visit("/phone/offline")
    dead.until(HOLD_THE_LOCK)
    mine.tap("register", **HAND_OVER)
    mine.hears("saved")
    assert network.sent("POST /phone/hand-over") == [], "As far as anybody knows the other page is at it."
    mine.read(LAST_HEARD_OF, 4 * 60 * 1000)
    mine.send_now()
    mine.delivered()
    assert len(stored.reports(cast.guard)) == 1


def test_a_server_killed_while_it_answers_loses_nothing(cast, phone, network, server):
    """Scenario 4."""
    mine = phone(cast.guard).open("/phone/hand-over")
    network.on("POST /phone/hand-over", faults.delay(60))
    mine.tap("register", **HAND_OVER)
    server.kill()
    network.mend()
    server.start()
    db.session.rollback()
    mine.send_now()
    mine.delivered()
    assert len(stored.reports(cast.guard)) == 1
