"""The server's promise: one id, one event, one effect, one answer, however often and from wherever it is asked."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest

from models import Event, ServiceRequest
from tests.offline import faults, stored
from tests.offline.test_delivery import HAND_OVER


def test_discarding_what_had_arrived_is_told_so(cast, phone, network):
    """Scenario 24."""
    mine = phone(cast.guard).open("/phone/hand-over")
    network.on("POST /phone/hand-over", faults.lose_reply)
    network.on("POST /phone/hand-over", faults.lose_request, faults.ALWAYS)
    entry = mine.tap("register", **HAND_OVER)
    mine.wait_for(lambda: mine.entry(entry["id"])["last_error"])
    mine.open("/phone/outbox")
    mine.discard(entry)
    mine.hears("discard_applied")
    mine.page.locator("#announcements button").click()
    network.mend()
    mine.send_now()
    mine.settled(entry["id"], "done")
    assert len(stored.reports(cast.guard)) == 1


def test_a_copy_that_was_long_under_way_does_not_happen_after_it_was_discarded(cast, phone, wire, network):
    """Scenario 24."""
    mine = phone(cast.guard).open("/phone/hand-over")
    network.on("POST /phone/hand-over", faults.lose_request, faults.ALWAYS)
    entry = mine.tap("register", **HAND_OVER)
    mine.wait_for(lambda: mine.entry(entry["id"])["last_error"])
    mine.open("/phone/outbox")
    mine.discard(entry)
    mine.settled(entry["id"], "withdrawn")
    late = network.sent("POST /phone/hand-over")[0]
    answer = wire(cast.guard).ask("POST", late.path, late.body, dict(late.headers))
    assert (answer.status, answer.verdict["verdict"]) == (410, "withdrawn")
    assert stored.reports(cast.guard) == []


def test_what_was_withdrawn_never_happens_however_late_it_comes(cast, wire):
    """Scenario 24."""
    hers, id = wire(cast.guard), str(uuid4())
    assert hers.post(f"/phone/entries/{id}/withdrawal").verdict == {"entry": id, "verdict": "withdrawn"}
    late = hers.deliver("/phone/hand-over", id, **HAND_OVER)
    assert (late.status, late.verdict["verdict"]) == (410, "withdrawn")
    assert stored.reports(cast.guard) == []


@pytest.mark.on_both
def test_eight_deliveries_at_the_same_moment_are_one_report(cast, wire, server):
    """Scenario 25."""
    hers, id = wire(cast.guard), str(uuid4())
    hers.get("/phone/hand-over")
    moment = "2026-11-22T08:00:00+00:00"
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda _: hers.deliver("/phone/hand-over", id, happened_at=moment, **HAND_OVER), range(8))
        )
    assert {(answer.status, answer.verdict["verdict"]) for answer in answers} == {(200, "applied")}
    assert stored.count(ServiceRequest) == stored.count(Event) == 1
    assert stored.receipt(id).deliveries == 8


@pytest.mark.on_both
def test_eight_taps_on_one_job_at_the_same_moment_are_one_event(cast, job, wire):
    """Scenario 25."""
    his, id = wire(cast.technician), str(uuid4())
    with ThreadPoolExecutor(8) as pool:
        path, moment = f"/phone/jobs/{job.id}/acknowledge", "2026-11-22T08:00:00+00:00"
        answers = list(pool.map(lambda _: his.deliver(path, id, happened_at=moment), range(8)))
    assert {answer.verdict["verdict"] for answer in answers} == {"applied"}
    assert stored.actions(job) == ["acknowledge"]


def test_an_id_used_for_something_else_before_swallows_nothing(cast, wire, phone):
    """Scenario 26."""
    mine = phone(cast.guard)
    mine.holds("/phone/hand-over")
    mine.open("/phone/hand-over").go_offline()
    entry = mine.tap("register", **HAND_OVER | {"words": "第二件"})
    other = wire(cast.guard).deliver("/phone/hand-over", entry["id"], **HAND_OVER | {"words": "第一件"})
    assert other.verdict["verdict"] == "applied"
    mine.go_online()
    mine.delivered()
    assert sorted(report.words for report in stored.reports(cast.guard)) == ["第一件", "第二件"]


def test_a_server_restored_from_a_backup_knows_the_event_by_its_id(cast, job, wire):
    """Scenario 52."""
    his, id, report = wire(cast.technician), str(uuid4()), str(uuid4())
    path = f"/phone/jobs/{job.id}/acknowledge"
    his.deliver(path, id)
    his.deliver("/phone/hand-over", report, **HAND_OVER)
    stored.forget_receipts()
    assert his.deliver(path, id).verdict["verdict"] == "applied"
    assert his.deliver("/phone/hand-over", report, **HAND_OVER).verdict["verdict"] == "applied"
    assert stored.actions(job) == ["acknowledge"]
    assert len(stored.reports(cast.technician)) == 1
