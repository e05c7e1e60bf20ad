"""Nobody else writes under our name, and nothing strange gets into our pages."""

from uuid import uuid4

import pytest

from actions.sign_in import end_sessions
from tests.offline import faults, stored
from tests.offline.faults import ALWAYS, Network
from tests.offline.test_delivery import HAND_OVER


@pytest.fixture
def elsewhere(server):
    """A page of somebody else's, on another port of the same machine: to SameSite cookies the same site."""
    elsewhere = Network(server.port)
    elsewhere.on("GET", faults.portal, ALWAYS)
    yield elsewhere
    elsewhere.close()


def test_an_entry_carries_no_token_and_passes_after_the_session_has_changed(cast, phone):
    """Scenario 9."""
    mine = phone(cast.guard)
    mine.holds("/phone/hand-over")
    mine.open("/phone/hand-over").go_offline()
    entry = mine.tap("register", **HAND_OVER)
    assert "csrf_token" not in dict(entry["fields"])
    end_sessions(cast.guard.id)
    mine.context.clear_cookies()
    mine.go_online()
    mine.sign_in(cast.guard).delivered()
    assert len(stored.reports(cast.guard)) == 1


@pytest.mark.parametrize(
    "without",
    [{"X-Phone": ""}, {"Sec-Fetch-Site": ""}, {"Sec-Fetch-Site": "same-site"}, {"Sec-Fetch-Site": "cross-site"}],
)
def test_without_a_phones_marks_or_from_another_site_the_token_is_needed(cast, wire, without):
    """Scenario 9."""
    answer = wire(cast.guard).deliver("/phone/hand-over", str(uuid4()), without, **HAND_OVER)
    assert answer.status == 400
    assert stored.reports(cast.guard) == []


def test_a_form_with_the_token_of_an_earlier_session_is_not_taken(cast, phone):
    """Scenario 9."""
    mine = phone(cast.guard).open("/phone/hand-over")
    old = mine.page.locator("meta[name=csrf-token]").get_attribute("content")
    mine.context.clear_cookies()
    mine.sign_in(cast.guard).open("/phone/hand-over")
    present = mine.read(PRESENT_TOKEN)  # a slow server's page may be the copy of the earlier session
    answers = [mine.read(SEND_PLAINLY, [HAND_OVER | {"csrf_token": token}]) for token in (old, present)]
    assert answers == [400, 200]
    assert len(stored.reports(cast.guard)) == 1


PRESENT_TOKEN = """() => fetch("/phone/hand-over").then((answer) => answer.text())
  .then((page) => new DOMParser().parseFromString(page, "text/html").querySelector("meta[name=csrf-token]").content)"""
# The form as a page without our script sends it; answers the HTTP code in the end.
SEND_PLAINLY = """([fields]) => fetch("/phone/hand-over", { method: "POST", body: new URLSearchParams(fields) })
  .then(({ status }) => status)"""


def test_a_browser_that_only_names_the_origin_is_judged_by_it(cast, wire, server):
    """Scenario 9."""
    ours = {"Sec-Fetch-Site": "", "Origin": f"http://127.0.0.1:{server.port}"}
    theirs = {"Sec-Fetch-Site": "", "Origin": "http://127.0.0.1:1"}
    assert wire(cast.guard).deliver("/phone/hand-over", str(uuid4()), theirs, **HAND_OVER).status == 400
    assert wire(cast.guard).deliver("/phone/hand-over", str(uuid4()), ours, **HAND_OVER).status == 200


def test_a_page_on_another_port_cannot_send_entries(cast, phone, network, elsewhere):
    """Scenario 10."""
    mine = phone(cast.guard)
    page = mine.tab().page
    page.goto(elsewhere.url)
    target = network.url + "/phone/hand-over"
    marks = {"X-Phone": str(uuid4()), "X-Person": str(cast.guard.id), "X-Entry": str(uuid4())}
    said = page.evaluate(
        """([url, headers, body]) => fetch(url, {
             method: "POST", credentials: "include", headers, body: new URLSearchParams(body),
           }).then(() => "sent", () => "blocked")""",
        [target, marks, HAND_OVER],
    )
    assert said == "blocked"
    page.evaluate(
        """([url, body]) => fetch(url, {
             method: "POST", credentials: "include", mode: "no-cors", body: new URLSearchParams(body) })""",
        [target, HAND_OVER],
    )
    sent = network.sent("POST /phone/hand-over")
    assert [(seen.status, "yingda=" in seen.headers.get("Cookie", "")) for seen in sent] == [(400, True)]
    assert stored.reports(cast.guard) == []


def test_no_page_takes_anything_from_elsewhere_with_the_worker_on(cast, phone, network, elsewhere):
    """Scenario 65."""
    mine = phone(cast.guard).open("/phone/hand-over")
    assert mine.page.evaluate("(url) => fetch(url).then(() => 'came', () => 'blocked')", elsewhere.url) == "blocked"
    mine.page.evaluate(
        """() => { const script = document.createElement("script");
                   script.textContent = "window.broken = true"; document.body.append(script); }"""
    )
    assert mine.page.evaluate("window.broken") is None
    mine.go_offline()
    answer = mine.page.goto(network.url + "/phone/hand-over")
    assert answer.from_service_worker
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_a_stranger_gets_no_plan_no_directory_and_no_redirect(wire, cast):
    """Scenario 9."""
    stranger = wire(cast.guard)
    stranger.cookie = ""
    for path in ("/phone/check-in", "/phone/hand-over"):
        answer = stranger.post(path)
        assert (answer.status, answer.verdict["verdict"]) == (401, "sign_in")
