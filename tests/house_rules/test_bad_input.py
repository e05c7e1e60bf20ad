"""Nothing anybody types, forges or leaves out breaks a page: every form and every query of every page is tried."""

import re
from collections import Counter
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest

from domain.lifecycle import ACTIONS, RequestStatus, Subject
from tests.actions.situations import REQUEST_IN, job_in, right_person
from tests.factories import do, fresh
from tests.house_rules import nasty
from tests.house_rules.doors import DOORS, EVERYBODY, JOB_ACTIONS, REQUEST_ACTIONS
from tests.house_rules.test_doors import address, rules, the_leak
from tests.snapshots import Snapshot

REFUSALS = {400, 403, 404, 405, 409, 413, 422, 429}
CHINESE = re.compile("[\u4e00-\u9fff]")
MAIN = re.compile(r"<main\b.*</main>", re.DOTALL)
TAG = re.compile("<[^>]*>")
EVERYWHERE = {"account.language", "sign_in.sign_out"}  # in the frame of every page; tried on one
GENERAL = ("site", "page", "before", "after", "seen", "mark", "next", "text", "who", "year", "unit", "building",
           "entrance", "floor", "resident", "beyond", "holder", "assign", "below", "sort", "order", "by", "key",
           "measure", "lens", "site_id", "caller_phone", "category_id", "room", "shown", "category")  # fmt: skip


def first(names):
    """One who comes in, those at work before those above."""
    order = ("technician", "head", "director", "administrator", *EVERYBODY.split())
    return next(name for name in order if name in names.split())


PAGES = [name for name in DOORS if name not in ("health.health_of_all",)]
ACTING = REQUEST_ACTIONS | JOB_ACTIONS


class Breaker:
    """Somebody with bad intentions and a browser."""

    def __init__(self, visitor, statements):
        self.visitor, self.statements, self.before = visitor, statements, Snapshot()
        self.codes, self.looks = Counter(), 0

    def page(self, url):
        """The text of a page; nothing for a picture or a file."""
        response = self.visitor.get(url)
        return response.text if response.mimetype == "text/html" else ""

    def try_form(self, form, *, bookkeeping=False):
        """Everything wrong with it; whatever is taken all the same is taken back."""
        for name, value, sent in form.wrongs(bookkeeping=bookkeeping):
            response = self.visitor.open(form.url, method="POST", data=sent, content_type="multipart/form-data")
            self.judge(response, form, name, value)
        self.nothing_changed(form.url)

    def judge(self, response, form, name, value):
        said = f"{form.url} {name}={str(value)[:40]!r}: {response.status_code}"
        self.codes[response.status_code] += 1
        assert response.status_code < 500, f"{said}\n{response.text[-1500:]}"
        if response.status_code in (200, 204, 302, 303):
            self.before.undo(self.statements)
            self.statements.clear()
            return
        assert response.status_code in REFUSALS, said
        main = MAIN.search(response.text)
        assert CHINESE.search(TAG.sub("", main[0] if main else response.text)), said
        if response.status_code == 422:
            typed = {form.filled[other] for other in form.typed - {name}}
            typed |= {value} if name in form.typed and value == nasty.LONG else set()
            lost = {words for words in typed if words not in unescape(response.text)}
            assert not lost, f"{said}: what was typed is lost: {[words[:60] for words in lost]}"

    def nothing_changed(self, url):
        """A wrong password is counted; beyond that, what is refused leaves no trace."""
        changes = self.before.changes()
        if url.endswith("/password") and set(changes) == {"user"}:
            self.before.restore()
        else:
            assert not changes, (url, changes)

    def try_queries(self, url, html):
        path = urlsplit(url).path
        named = sorted(nasty.parameters_of(html, path))
        for name in named:
            for value in nasty.KEYS:
                self.look(url, {name: value})
        for value in nasty.KEYS:
            self.look(url, dict.fromkeys(GENERAL, value))
        self.look(url, {name: ["a", nasty.NO_SUCH_ID] for name in (*named, *GENERAL)})

    def look(self, url, query):
        self.looks += 1
        headers = {"HX-Request": "true"} if self.looks % 2 else {}
        path, _mark, usual = url.partition("?")
        response = self.visitor.get(path, query_string=dict(parse_qsl(usual)) | query, headers=headers)
        assert response.status_code < 500, (url, {k: v[:40] for k, v in query.items()}, headers)


def posts_of(app, html, url, endpoint):
    """The forms of a page that are sent somewhere only this page knows, and each kind once."""
    found = {}
    for form in nasty.forms_of(html, url):
        if form.method != "post":
            continue
        target, values = app.url_map.bind("localhost").match(urlsplit(form.url).path, method="POST")
        acting = target in ("jobs.act", "service_requests.act") and endpoint not in (target,)
        has_own_page = target != endpoint and target in DOORS and "GET" in rules(app)[target].methods
        if not acting and not has_own_page and (target not in EVERYWHERE or endpoint == "account.me"):
            found.setdefault((target, values.get("action"), frozenset(form.filled)), form)
    return found.values()


@pytest.mark.parametrize("endpoint", PAGES)
def test_no_form_and_no_query_of_a_page_breaks(app, cast, client_for, queries_run, endpoint):
    rule = rules(app)[endpoint]
    if "GET" not in rule.methods or not DOORS[endpoint].own:
        return
    url = address(app, rule, the_leak(cast, cast))
    breaker = Breaker(client_for(getattr(cast, first(DOORS[endpoint].own))), queries_run)
    html = breaker.page(url)
    breaker.try_queries(url, html)
    for form in posts_of(app, html, url, endpoint):
        breaker.try_form(form)


@pytest.mark.parametrize("name", ACTING)
def test_no_form_of_an_action_breaks(cast, client_for, queries_run, name):
    action = ACTIONS[name]
    for status in sorted(action.start, reverse=True):
        url = f"/{ROOMS[action.subject]}/{subject_in(status, cast, action).id}/{name}"
        breaker = Breaker(client_for(right_person(cast, name)), queries_run)
        forms = nasty.forms_of(breaker.page(url), url)
        if form := next((form for form in forms if form.method == "post" and form.url == url), None):
            return breaker.try_form(form, bookkeeping=name in SHOW_THE_BOOKKEEPING)
    raise AssertionError("no form was found")


SHOW_THE_BOOKKEEPING = ("chase", "arrive")  # it is the same in all of them
ROOMS = {Subject.SERVICE_REQUEST: "service-requests", Subject.JOB: "phone/jobs"}


def subject_in(status, cast, action):
    """A service request in this status, or a job; to be taken, one that nobody has."""
    if action.subject is Subject.SERVICE_REQUEST:
        return REQUEST_IN[status](cast)
    if action.name != "take":
        return job_in(status, cast)
    do("dispatch", leak := REQUEST_IN[RequestStatus.ACCEPTED](cast), cast.agent, department_id=str(cast.engineering.id))
    return fresh(leak).jobs[0]
