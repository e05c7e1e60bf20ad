"""A new release comes while entries wait: it offers itself, breaks no page that is kept, and touches no entry."""

import pytest

from tests.offline import faults, stored
from tests.offline.releases import release
from tests.offline.test_delivery import FIXED, HAND_OVER
from tests.offline.test_pages import kept

pytestmark = pytest.mark.long

HEADING = ("templates/phone.html", ('<body class="phone"', '<body class="phone" data-release="next"'))
STYLE = ("static/css/phone.css", ("", "@layer next-release;\n"))

# The person lets the new version take over; true once it has.
TAKE_OVER = """() => navigator.serviceWorker.getRegistration("/phone/").then(({ waiting }) => {
  waiting?.postMessage("take over");
  return !waiting;
})"""


@pytest.fixture(scope="session")
def next_release(tmp_path_factory, gunicorn):
    """The next release: another page, another style sheet."""
    return release(tmp_path_factory.mktemp("release") / "next", dict([HEADING, STYLE]))


HAS_ANOTHER_VERSION = """() => indexedDB.databases()
  .then((all) => all.some(({ name, version }) => name === "yingda" && version === 2))"""


def builds(mine):
    """The shells on the phone."""
    return mine.page.evaluate("caches.keys().then((names) => names.filter((name) => name.startsWith('shell-')))")


def waiting_worker(mine):
    """A new version has come and waits."""
    mine.page.evaluate("navigator.serviceWorker.getRegistration('/phone/').then((one) => one.update())")
    mine.until("() => navigator.serviceWorker.getRegistration('/phone/').then((one) => Boolean(one?.waiting))")


def test_an_update_offers_itself_while_entries_wait_and_leaves_them(cast, job, phone, server, network, next_release):
    """Scenario 18."""
    mine = phone(cast.technician, restarts=True)
    mine.holds(f"/phone/jobs/{job.id}")
    network.down()
    mine.open_job(job).tap("acknowledge")
    server.restart(next_release)
    network.mend()
    mine.restart().open("/phone/").delivered()
    assert stored.actions(job) == ["acknowledge"]
    waiting_worker(mine)
    assert len(builds(mine)) == 2
    mine.page.locator("#update-place button").click()
    mine.until("() => document.body.dataset.release === 'next'")
    mine.until("() => navigator.serviceWorker.getRegistration('/phone/').then((one) => !one.waiting && !!one.active)")
    mine.holds(f"/phone/jobs/{job.id}")
    mine.wait_for(
        lambda: (
            "acknowledged" in kept(mine, f"/phone/jobs/{job.id}")
            and 'data-release="next"' in kept(mine, f"/phone/jobs/{job.id}")
        )
    )
    mine.go_offline()
    mine.open_job(job)
    assert mine.ahead == "acknowledged"


def test_pages_kept_before_an_update_work_after_it_without_a_signal(cast, job, phone, server, next_release):
    """Scenario 19."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    before = kept(mine, f"/phone/jobs/{job.id}")
    server.restart(next_release)
    waiting_worker(mine)
    mine.go_offline()
    mine.until(TAKE_OVER)
    mine.until(
        "() => navigator.serviceWorker.getRegistration('/phone/').then(({ active }) => active?.state === 'activated')"
    )
    assert len(builds(mine)) == 2, "Pages kept on the phone still name the files of the shell before."
    mine.open_job(job)
    assert kept(mine, f"/phone/jobs/{job.id}") == before
    assert mine.page.evaluate("getComputedStyle(document.querySelector('.phone-head')).display") != "block"
    mine.tap("acknowledge")
    mine.wait_for(lambda: mine.ahead == "acknowledged")


def test_a_database_that_gains_a_store_keeps_what_waits(cast, job, phone, server, network, tmp_path):
    """Scenario 49."""
    newer = release(
        tmp_path / "newer",
        {
            "static/js/phone/database.js": ("const VERSION = 1;", "const VERSION = 2;"),
            "static/css/phone.css": ("", "@layer newer;\n"),
        },
    )
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    mine.holds("/phone/hand-over")
    old = mine.tab().open("/phone/outbox")
    mine.open_job(job).go_offline()
    mine.tap("complete", **FIXED, photos_after=[b"not a picture at all"])
    mine.open("/phone/hand-over").tap("register", **HAND_OVER)
    kept = mine.entries()
    network.on("POST", faults.lose_request, faults.ALWAYS)
    mine.go_online()
    server.restart(newer)
    waiting_worker(mine)
    mine.until(TAKE_OVER)
    mine.wait_for(lambda: mine.open("/phone/outbox").read(HAS_ANOTHER_VERSION))  # a slow server's page is the old copy
    assert [entry["id"] for entry in mine.entries()] == [entry["id"] for entry in kept]
    assert len(mine.stored("photos")) == 1
    network.mend()
    mine.send_now()
    mine.delivered()
    old.page.close()
    assert stored.actions(job) == ["complete"]
