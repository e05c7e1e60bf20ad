"""A phone's own requests need no token, and nobody else gains anything by that."""

from uuid import uuid4

import pytest
from sqlalchemy import func, select

from app import create_app
from extensions import db
from models import Event, Receipt
from tests.entries import Phone
from tests.factories import dispatched
from tests.visits import Visitor


@pytest.fixture
def strict(settings, app):
    """The application as it is served: forms need their token."""
    application = create_app(settings, TESTING=True, RATELIMIT_ENABLED=False)
    application.test_client_class = Visitor
    return application


@pytest.fixture
def tapped(cast, strict):
    """`tapped(headers…)`: the technician's phone acknowledges a job with these headers instead of its own."""

    def tap(without=(), **headers):
        _, job = dispatched(cast)
        phone = Phone(strict, cast.technician)
        entry = phone.written(f"/phone/jobs/{job.id}/acknowledge")
        own = {name: value for name, value in phone.headers.items() if name not in without}
        sent = entry["fields"] | {"event_id": entry["id"]}
        return phone.visitor.post(entry["url"], data=sent, headers={"X-Entry": entry["id"]} | own | headers)

    return tap


def was_taken(response):
    taken = bool(db.session.scalar(select(func.count()).where(Event.action == "acknowledge")))
    assert taken == (response.status_code == 200)
    assert response.is_json == taken  # what was stopped at the gate settles nothing on the phone
    return taken


def test_a_page_of_ours_needs_no_token_for_its_entries(tapped):
    assert was_taken(tapped())


@pytest.mark.parametrize("site", ["cross-site", "same-site", "none", "", "same-origin, cross-site"])
def test_no_other_origin_can_send_an_entry(site, tapped):
    assert not was_taken(tapped(**{"Sec-Fetch-Site": site, "Origin": "http://localhost"}))


def test_a_browser_that_only_says_its_origin_is_believed_when_it_is_ours(tapped):
    assert was_taken(tapped(without=["Sec-Fetch-Site"], Origin="http://localhost"))


@pytest.mark.parametrize(
    "origin", ["http://localhost:8001", "http://evil.example", "http://localhost.evil.example", "null", "localhost", ""]
)
def test_another_port_or_host_is_not_ours(origin, tapped):
    assert not was_taken(tapped(without=["Sec-Fetch-Site"], Origin=origin))


def test_who_says_nothing_of_where_it_comes_from_is_not_believed(tapped):
    assert not was_taken(tapped(without=["Sec-Fetch-Site"]))


@pytest.mark.parametrize("phone", ["", "x", "1"])
def test_without_the_header_of_a_phone_the_token_is_needed(phone, tapped):
    assert not was_taken(tapped(**{"X-Phone": phone}))
    assert not was_taken(tapped(without=["X-Phone"]))


def test_a_plain_form_needs_its_token_wherever_it_goes(cast, strict):
    _, job = dispatched(cast)
    visitor = Phone(strict, cast.technician).visitor
    same_origin = {"Sec-Fetch-Site": "same-origin", "Origin": "http://localhost"}
    act, withdrawal = f"/phone/jobs/{job.id}/acknowledge", f"/phone/entries/{uuid4()}/withdrawal"
    for url in (act, withdrawal, "/phone/hand-over", "/sign-out"):
        response = visitor.post(url, data={"event_id": str(uuid4())}, headers=same_origin)
        assert response.status_code == 400, url


def test_photos_and_withdrawals_are_guarded_alike(cast, strict):
    phone = Phone(strict, cast.technician)
    id, foreign = uuid4(), phone.headers | {"Sec-Fetch-Site": "same-site"}
    for path in (f"photos/{'0' * 64}", "withdrawal"):
        assert phone.visitor.post(f"/phone/entries/{id}/{path}", headers=foreign).status_code == 400
    assert db.session.get(Receipt, id) is None
    assert phone.withdraw(id)["verdict"] == "withdrawn"
