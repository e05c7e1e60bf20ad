"""The pages on the phone: mine, as they will be, only mine, and never something else under their name."""

import re

from actions.sign_in import end_sessions
from extensions import db
from models import User
from tests.factories import do
from tests.offline import faults, stored
from tests.offline.faults import ALWAYS
from tests.offline.test_delivery import FIXED, HAND_OVER

# As the browser itself sends a form, with a photo in it.
SEND_WITHOUT_SCRIPT = """async (form) => {
  const canvas = Object.assign(document.createElement("canvas"), { width: 80, height: 60 });
  const shot = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg"));
  const roll = new DataTransfer();
  roll.items.add(new File([shot], "1.jpg", { type: "image/jpeg" }));
  form.elements.photos.files = roll.files;
  HTMLFormElement.prototype.submit.call(form);
}"""
# Whether the prefetch is over: it holds this lock.
NOBODY_FETCHES = "() => navigator.locks.query().then(({ held }) => held.every(({ name }) => name !== 'yingda-pages'))"
# Whether these pages of the shell are in this language.
SPEAKS = """async ([language, ...paths]) => {
  const texts = await Promise.all(paths.map(async (path) => (await caches.match(path)).text()));
  return texts.every((text) => text.includes(`lang="${language}"`));
}"""


def test_a_form_sent_without_its_script_is_kept_by_the_worker(cast, phone):
    """Scenario 22."""
    mine = phone(cast.guard)
    mine.holds("/phone/hand-over")
    mine.open("/phone/hand-over").go_offline()
    mine.fill("register", **HAND_OVER)
    mine.form("register").evaluate(SEND_WITHOUT_SCRIPT)
    mine.wait_for(lambda: mine.page.url.endswith("/phone/outbox"))
    mine.ready().wait_for(lambda: mine.cards() == 1)
    mine.go_online()
    mine.send_now()
    mine.delivered()
    [report] = stored.reports(cast.guard)
    assert report.words == HAND_OVER["words"]
    assert len(stored.pictures()) == 1


def test_a_job_that_is_no_longer_mine_leaves_the_phone(cast, job, other_job, phone, network):
    """Scenario 32."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    mine.holds(f"/phone/jobs/{other_job.id}")
    do("assign", other_job, cast.head, holder_id=str(cast.technician2.id))
    mine.open("/phone/")
    mine.wait_for(lambda: not mine.has(f"/phone/jobs/{other_job.id}"))
    assert mine.has(f"/phone/jobs/{job.id}")
    mine.go_offline()
    mine.goes_where_it_cannot(f"/phone/jobs/{other_job.id}")


def test_what_a_phone_carries_is_light(cast, job, phone):
    """Scenario 33: bytes, before they are compressed; the seconds, and what goes over the wire, are the bench's."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    shell = mine.page.evaluate(
        """async () => {
          const name = (await caches.keys()).find((name) => name.startsWith("shell-"));
          const cache = await caches.open(name);
          const files = await Promise.all((await cache.keys()).map((key) => cache.match(key)));
          const sizes = await Promise.all(files.map((file) => file.blob().then(({ size }) => size)));
          return sizes.reduce((sum, size) => sum + size, 0);
        }"""
    )
    page = mine.page.evaluate("(path) => fetch(path).then((page) => page.text())", f"/phone/jobs/{job.id}")
    assert shell <= 160_000
    assert len(page.encode()) <= 30 * 1024


def test_a_gateway_error_does_not_hide_my_jobs(cast, job, phone, network):
    """Scenario 37."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    network.on("", faults.answer(502), ALWAYS)
    mine.open_job(job)
    assert mine.ahead == "dispatched"
    mine.tap("acknowledge")
    mine.open("/phone/")
    assert "3-2-501" in mine.text()
    network.mend()
    mine.send_now()
    mine.delivered()
    assert stored.actions(job) == ["acknowledge"]


def test_a_portals_page_is_not_shown_under_the_name_of_mine(cast, job, phone, network):
    """Scenario 37."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    network.on("", faults.portal, ALWAYS)
    mine.open_job(job)
    assert "3-2-501" in mine.text()


def test_a_phone_that_was_never_signed_in_says_so(cast, phone, network):
    """Scenario 57."""
    new = phone()
    new.page.goto(network.url + "/phone/")  # the door
    new.until("() => navigator.serviceWorker.getRegistration('/phone/').then((worker) => Boolean(worker?.active))")
    new.go_offline()
    new.goes_where_it_cannot("/phone/")


def test_a_page_that_has_not_come_yet_is_said_to_be_missing(cast, job, phone, network):
    """Scenario 57."""
    network.on("GET /phone/jobs/", faults.lose_request, ALWAYS)
    new = phone(cast.technician)
    new.go_offline()
    new.goes_where_it_cannot(f"/phone/jobs/{job.id}")


def test_the_pages_for_no_network_follow_the_language_of_who_is_signed_in(cast, phone, network):
    """Scenario 57."""
    mine = phone(cast.guard)
    db.session.get_one(User, cast.guard.id).language = "en"
    db.session.commit()
    mine.open("/phone/outbox")
    mine.until(SPEAKS, ["en", "/phone/offline", "/phone/signed-out"])
    network.down()
    mine.page.goto(network.url + "/phone/jobs/00000000-0000-4000-8000-000000000000")
    assert "This page is not on this phone" in mine.text()


def test_a_copied_tab_makes_entries_of_its_own(cast, phone):
    """Scenario 59."""
    mine = phone(cast.guard)
    mine.holds("/phone/hand-over")
    mine.open("/phone/hand-over").go_offline()
    with mine.context.expect_page() as opened:
        mine.page.evaluate("window.open(location.href)")
    copy = mine.tab()
    copy.page = mine.watched(opened.value)
    copy.ready()
    mine.tap("register", **HAND_OVER)
    copy.tap("register", **HAND_OVER | {"words": "另一件"})
    mine.go_online()
    mine.delivered()
    assert len(stored.reports(cast.guard)) == 2


def test_a_page_come_back_to_shows_what_waits_and_makes_a_new_entry(cast, job, phone):
    """Scenario 60."""
    mine = phone(cast.technician)
    for path in ("/phone/", f"/phone/jobs/{job.id}"):
        mine.holds(path)
    mine.open_job(job).go_offline()
    mine.tap("acknowledge")
    mine.open("/phone/")
    mine.page.go_back()
    mine.page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', { persisted: true }))")
    mine.wait_for(lambda: mine.ahead == "acknowledged")
    mine.tap("arrive")
    mine.go_online()
    mine.delivered()
    assert stored.actions(job) == ["acknowledge", "arrive"]


def test_a_prefetch_that_breaks_off_leaves_the_old_copies(cast, job, other_job, phone, network):
    """Scenario 62."""
    mine = phone(cast.technician)
    for one in (job, other_job):
        mine.holds(f"/phone/jobs/{one.id}")
    for one in (job, other_job):
        do("annotate", one.service_request, cast.agent, words="请走后门", audience="internal")
    network.on("GET /phone/jobs", faults.cut_reply, ALWAYS)
    asked = len(network.sent("GET /phone/jobs"))
    mine.open("/phone/")
    mine.wait_for(lambda: len(network.sent("GET /phone/jobs")) == asked + 2)
    mine.until(NOBODY_FETCHES)
    mine.go_offline()
    for one in (job, other_job):
        mine.open_job(one)
        assert mine.ahead == "dispatched"


def test_the_page_to_sign_in_is_never_kept_under_a_jobs_name(cast, job, phone, network):
    """Scenario 63."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    do("annotate", job.service_request, cast.agent, words="请走后门", audience="internal")
    network.on("GET /phone", faults.sign_in_page, ALWAYS)
    fetched = len(network.sent("GET /phone/jobs"))
    mine.open("/phone/")
    mine.wait_for(lambda: len(network.sent("GET /phone/jobs")) > fetched)
    mine.until(NOBODY_FETCHES)
    network.mend()
    end_sessions(cast.technician.id)
    mine.visit(f"/phone/jobs/{job.id}")
    mine.page.wait_for_timeout(300)
    assert "password" not in kept(mine, "/phone/")
    assert "password" not in kept(mine, f"/phone/jobs/{job.id}")


def kept(mine, path):
    """The copy of a page on the phone; nothing where there is none."""
    script = (
        "([name, path]) => caches.open(name).then((copies) => copies.match(path)).then((copy) => copy?.text() ?? '')"
    )
    return mine.read(script, [f"pages-{mine.user_id}", path])


def test_a_fragment_is_never_shown_as_a_page(cast, phone, network):
    """Scenario 64."""
    mine = phone(cast.technician)
    mine.holds("/phone/")
    mine.open("/phone/")
    mine.page.evaluate("fetch('/phone/', { headers: { 'HX-Request': 'true' } }).then((answer) => answer.text())")
    mine.go_offline()
    mine.open("/phone/")
    assert mine.page.locator("html > head > title").count() == 1
    assert mine.page.locator("nav.tabs").count() == 1


def test_saved_and_refused_are_announced(cast, job, phone):
    """Scenario 66."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    mine.open_job(job).go_offline()
    mine.tap("acknowledge")
    mine.hears("saved")
    do("assign", job, cast.head, holder_id=str(cast.technician2.id))
    mine.go_online()
    mine.wait_for(lambda: mine.states == ["refused"])
    mine.open_job(job) if mine.has(f"/phone/jobs/{job.id}") else mine.open("/phone/")
    mine.wait_for(lambda: mine.says("refused", number="1") in mine.text("#status-words [role=status]"))
    mine.open("/phone/outbox")
    reason = mine.entries()[0]["answer"]["sentence"]
    mine.wait_for(lambda: mine.page.locator("[role=alert]").filter(has_text=reason).count() == 1)


def test_what_waits_is_counted_on_every_page_after_a_restart(cast, job, phone, network):
    """Scenario 68."""
    mine = phone(cast.technician, restarts=True)
    for path in ("/phone/", "/phone/hand-over", "/phone/outbox", f"/phone/jobs/{job.id}"):
        mine.holds(path)
    network.down()
    mine.open_job(job).tap("acknowledge")
    mine.tap("arrive")
    mine.restart()
    for path in ("/phone/", "/phone/hand-over", "/phone/outbox", f"/phone/jobs/{job.id}"):
        mine.open(path)
        mine.wait_for(lambda: re.search(r"\b2\b", mine.status_line))


def test_later_actions_are_there_only_once_they_can_follow(cast, job, phone):
    """Scenario 2."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    mine.open_job(job).go_offline()
    assert not mine.page.locator("form[data-entry=resume]:visible").count()
    mine.tap("arrive")
    mine.tap("hold", reason="parts", until=mine.form("hold").locator("[name=until]").first.get_attribute("value"))
    mine.wait_for(lambda: mine.page.locator("form[data-entry=resume]:visible").count())
    mine.tap("resume")
    mine.tap("complete", **FIXED)
    mine.go_online()
    mine.delivered()
    assert stored.actions(job) == ["arrive", "hold", "resume", "complete"]
