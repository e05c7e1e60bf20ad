"""Every page a signed-in person is offered, found by following the links from their first page."""

import re
from collections import Counter, deque
from random import Random
from urllib.parse import parse_qsl, urlsplit

import pytest

from actions import telling
from domain.lifecycle import JobStatus, RequestStatus
from extensions import db
from models import User
from models.columns import now
from tests.actions.situations import REQUEST_IN, job_in
from tests.factories import dispatched, registered
from tests.house_rules.doors import EVERYBODY
from tests.house_rules.reading import Page
from tests.lives import live
from tests.phones import PHOTO, handed_over, phone_of, refused

HEAVIEST = 200 * 1024  # bytes of HTML
OF_EACH_KIND = 2  # pages that differ only in the record they show
ADDRESS = r"[\w+.-]+[-_@][\w.-]+|\w+://\w*|/\S+"  # of a page, a mailbox, a robot; or what somebody signs in with
# Keys, products and languages are called so in Chinese too; and so are some of the cast and their departments.
NAMES = {"Android", "Chrome", "Enter", "Ctrl", "Excel", "xlsx", "English", "https"}
NAMES |= {"quality", "leader", "administrator", "centre", "engineering", "security"}


@pytest.fixture
def estate(cast, scenes):
    scenes.begin("an estate", lambda: tell_everything(cast))
    return cast


def tell_everything(cast):
    """Requests in every status, jobs in every status, and some random lives."""
    for status in RequestStatus:
        REQUEST_IN[status](cast)
    for status in JobStatus:
        job_in(status, cast)
    dispatched(cast, by=cast.guard, unit_id="", place="地下车库B区")
    registered(cast, by=cast.guard, kind="complaint", resident_id=str(cast.resident.id))
    live(cast, Random(7), 12, until=now())
    for user in (cast.technician, cast.guard):
        phone_of(user, attention=1, waiting=2, refused=1, lost_at=now(), oldest_at=now(), persisted=False)
    job = dispatched(cast)[1]
    refused(cast.technician, job=job, photos=[PHOTO])
    for action in ("hold", "return", "transfer", "annotate"):
        refused(cast.technician, job=job, action=action, fields={"words": ["等配件"]})
    handed_over(cast.guard)
    telling.tell(by_email=True)


def kind_of(app, url):
    """The endpoint with what changes its layout, without the values that name a record or narrow a list."""
    parts = urlsplit(url)
    routes = app.url_map.bind("localhost")
    if not routes.test(parts.path, method="GET"):  # a file, or nothing at all
        return parts.path
    endpoint, values = routes.match(parts.path, method="GET")
    told = values | dict(parse_qsl(parts.query))
    return endpoint, *(told.get(name) for name in ("action", "lens"))


def walk(app, client):
    """Every answer to every link a person is offered, a few of each kind: (url, where from, response, page)."""
    waiting, known, visited = deque([("/", "")]), {"/"}, Counter()
    while waiting:
        url, whence = waiting.popleft()
        response = client.get(url)
        page = Page(url, response.text) if response.mimetype == "text/html" else None
        yield url, whence, response, page
        found = {response.location.split("#")[0]} if response.location else page.links if page else set()
        for link in sorted(found - known):
            known.add(link)
            kind = kind_of(app, link)
            visited[kind] += 1
            if visited[kind] <= OF_EACH_KIND:
                waiting.append((link, url))


def faults_of(app, client):
    """What is wrong with any page of this person, beginning with links that lead nowhere."""
    for url, whence, response, page in walk(app, client):
        if response.status_code >= 400:
            yield f"{response.status_code} at {url}, offered at {whence}"
        elif page and not response.location:
            if len(response.data) > HEAVIEST:
                yield f"{url} weighs {len(response.data)} bytes"
            if page.is_whole:
                yield from (f"{url}: {fault}" for fault in page.faults)
            yield from (f"{url}: no such door {door}" for door in page.doors if not is_a_door(app, door))
            yield from (f"{url}: English “{text}”" for text in page.texts if says_english(text))


def says_english(text):
    """Whether a Chinese reader finds words of another language, other than names and addresses."""
    return set(re.findall("[A-Za-z]{4,}", re.sub(ADDRESS, "", text))) - NAMES


def is_a_door(app, url):
    """Whether something can be sent to this address."""
    return app.url_map.bind("localhost").test(urlsplit(url).path, method="POST")


@pytest.mark.parametrize("name", EVERYBODY.split())
def test_every_page_is_whole_and_leads_on_and_all_of_it_is_chinese(app, estate, client_for, name):
    assert list(faults_of(app, client_for(getattr(estate, name)))) == []


@pytest.mark.parametrize("name", ["agent", "technician", "administrator"])
def test_every_page_is_whole_in_english_too(app, estate, client_for, name):
    user = getattr(estate, name)
    db.session.get_one(User, user.id).language = "en"
    db.session.commit()
    assert [fault for fault in faults_of(app, client_for(user)) if ": English " not in fault] == []
