"""One phone, several people; one person whose account changes while entries wait."""

from actions.sign_in import change_password, end_sessions
from extensions import db
from models import User, UserRole
from tests.factories import dispatched
from tests.offline import faults, stored
from tests.offline.faults import ALWAYS
from tests.offline.phone import PASSWORD
from tests.offline.test_delivery import HAND_OVER

HAS_NO_PAGES = "async (user) => !(await caches.has(`pages-${user}`))"
OF_NOBODY = ("/static/", "/sw.js")  # files, for which Chromium asks when it likes


def change(user, **values):
    """As an administrator does."""
    row = db.session.get_one(User, user.id)
    for name, value in values.items():
        setattr(row, name, value)
    db.session.commit()


def at_the_door(mine):
    """The form to sign in at."""
    return mine.page.locator("[name=password]")


def test_a_session_that_ended_keeps_the_entry_until_somebody_signs_in_again(cast, phone, network):
    """Scenario 8."""
    mine = phone(cast.guard)
    mine.holds("/phone/hand-over")
    mine.open("/phone/hand-over").go_offline()
    entry = mine.tap("register", **HAND_OVER)
    end_sessions(cast.guard.id)
    mine.go_online()
    mine.wait_for(lambda: network.sent("POST /phone/hand-over"))
    mine.page.locator("#status-sign-in").wait_for()
    assert mine.entry(entry["id"])["state"] == "waiting"
    assert stored.reports(cast.guard) == []
    mine.sign_in(cast.guard).delivered()
    assert len(stored.reports(cast.guard)) == 1


def test_a_shared_phone_keeps_each_persons_entries_apart(cast, job, phone, network):
    """Scenario 16."""
    shared = phone(cast.technician)
    shared.holds(f"/phone/jobs/{job.id}")
    network.on("POST /phone/jobs", faults.answer(500), ALWAYS)
    shared.open_job(job)
    entry = shared.tap("acknowledge")
    shared.sign_out()
    at_the_door(shared).wait_for()
    shared.until(HAS_NO_PAGES, str(cast.technician.id))
    network.mend()
    crossed = len(network.sent("POST /phone/jobs"))
    shared.sign_in(cast.technician2).open("/phone/outbox")
    shared.has_sent()
    shared.wait_for(lambda: "1" in shared.text("[data-fact=others]"))
    assert shared.cards() == 0
    assert "3-2-501" not in shared.text("body")
    assert len(network.sent("POST /phone/jobs")) == crossed, "Nobody's work is offered under another name."
    shared.go_offline()
    shared.goes_where_it_cannot(f"/phone/jobs/{job.id}")
    shared.go_online()
    shared.sign_out()
    at_the_door(shared).wait_for()
    shared.sign_in(cast.technician).delivered()
    assert [str(event.actor_id) for event in stored.events(job)] == [str(cast.technician.id)]
    assert shared.entry(entry["id"])["state"] == "done"


def test_the_server_takes_no_entry_under_another_name(cast, wire):
    """Scenario 17."""
    hers = wire(cast.guard)
    hers.person = str(cast.technician.id)
    answer = hers.deliver("/phone/hand-over", "7a4f1f2e-1f1a-4a57-8f3e-0c6a6f6f0001", **HAND_OVER)
    assert (answer.status, answer.verdict["verdict"]) == (403, "other_person")
    assert stored.receipts() == []
    assert stored.reports(cast.guard) == []


def test_a_page_of_somebody_who_has_left_takes_no_taps(cast, job, phone, network):
    """Scenario 36."""
    first = phone(cast.technician).open_job(job)
    first.tab().sign_in(cast.technician2)
    first.press("acknowledge")
    assert cast.technician2.name in first.is_told_not_saved()
    assert first.entries() == []
    assert stored.actions(job) == []


def test_somebody_signs_in_over_another_without_signing_out(cast, job, phone, network):
    """Scenario 39."""
    hers = dispatched(cast, to=cast.technician2, words="空调滴水")[1]
    shared = phone(cast.technician)
    shared.holds(f"/phone/jobs/{job.id}")
    network.on("POST /phone/jobs", faults.answer(500), ALWAYS)
    shared.open_job(job).tap("acknowledge")
    shared.sign_in(cast.technician2).holds(f"/phone/jobs/{hers.id}")
    network.mend()
    shared.until(HAS_NO_PAGES, str(cast.technician.id))
    shared.go_offline()
    shared.goes_where_it_cannot(f"/phone/jobs/{job.id}")
    shared.open_job(hers)
    shared.go_online()
    assert stored.actions(job) == []
    shared.sign_in(cast.technician).delivered()
    assert [str(event.actor_id) for event in stored.events(job)] == [str(cast.technician.id)]


def test_signing_out_without_a_signal_holds_and_is_told_the_server_first(cast, job, phone, network):
    """Scenario 41."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    mine.open_job(job).go_offline()
    mine.tap("acknowledge")
    mine.sign_out()
    mine.until(HAS_NO_PAGES, str(cast.technician.id))
    mine.goes_where_it_cannot(f"/phone/jobs/{job.id}")
    told = len(network.seen)
    mine.go_online()
    mine.visit("/phone/")
    at_the_door(mine).wait_for()
    asked = [seen.path for seen in network.seen[told:] if not seen.path.startswith(OF_NOBODY)]
    assert asked[0] == "/phone/sign-out"
    assert stored.actions(job) == []
    mine.sign_in(cast.technician).delivered()
    assert stored.actions(job) == ["acknowledge"]


def test_a_page_that_comes_after_its_person_has_left_is_not_kept(cast, phone, network):
    """Scenario 41."""
    mine = phone(cast.technician)
    mine.holds("/phone/reports")
    network.on("GET /phone/reports", faults.late_reply)
    mine.open("/phone/reports")
    mine.sign_out()
    at_the_door(mine).wait_for()
    network.mend()
    mine.wait_for(lambda: network.sent("GET /phone/reports")[-1].is_over)
    mine.visit("/phone/signed-out")
    mine.go_offline()
    mine.goes_where_it_cannot("/phone/reports")
    mine.until(HAS_NO_PAGES, str(cast.technician.id))


def test_a_disabled_account_is_told_and_nothing_is_lost(cast, job, phone, network):
    """Scenario 50."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    mine.open_job(job).go_offline()
    entry = mine.tap("acknowledge")
    change(cast.technician, is_enabled=False)
    mine.go_online()
    mine.page.locator("#status-sign-in").wait_for()
    assert mine.entry(entry["id"])["state"] == "waiting"
    change(cast.technician, is_enabled=True)
    mine.send_now()
    mine.delivered()
    assert stored.actions(job) == ["acknowledge"]


def test_a_role_taken_away_is_an_answer_in_words(cast, job, phone):
    """Scenario 50."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    mine.open_job(job).go_offline()
    entry = mine.tap("acknowledge")
    role = db.session.query(UserRole).filter_by(user_id=cast.technician.id).one()
    role.role = "cashier"
    db.session.commit()
    mine.go_online()
    answer = mine.settled(entry["id"], "refused")["answer"]
    assert answer["code"] == "not_permitted" and answer["sentence"]
    assert stored.receipt(entry["id"]).verdict.value == "refused"


def test_a_changed_password_asks_for_the_new_one_and_keeps_the_entry(cast, job, phone, password_hash):
    """Scenario 51."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    mine.open_job(job).go_offline()
    entry = mine.tap("acknowledge")
    change_password(cast.technician.id, PASSWORD, "another nine umbrellas")
    mine.go_online()
    mine.page.locator("#status-sign-in").wait_for()
    assert mine.entry(entry["id"])["state"] == "waiting"
    change(cast.technician, password_hash=password_hash)
    mine.sign_in(cast.technician).delivered()
    assert stored.actions(job) == ["acknowledge"]
