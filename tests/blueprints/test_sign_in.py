"""The door, as a browser meets it."""

from dataclasses import replace
from datetime import timedelta
from urllib.parse import unquote

import pytest
import time_machine
from bs4 import BeautifulSoup

from actions import users as actions
from actions.passwords import set_password
from app import create_app
from extensions import db, limiter, now
from models import User
from queries import users
from tests.visits import Visitor

PASSWORD = "一句好记的话 7"


@pytest.fixture
def agent(cast):
    """The agent, with a password and a telephone."""
    agent = db.session.get(User, cast.agent.id)
    agent.phone = "+8613712345678"
    set_password(agent, PASSWORD)
    db.session.commit()
    return users.of_session(agent.get_id())


@pytest.fixture
def stranger(app):
    return Visitor(app, app.response_class)


def knock(visitor, name, password=PASSWORD, **more):
    return visitor.post("/sign-in", data={"username": name, "password": password}, **more)


def user_of(visitor):
    with visitor.session_transaction() as session:
        return session.get("_user_id")


@pytest.mark.parametrize(
    "name",
    [
        "agent-YH",
        "AGENT-yh",
        " agent-YH ",
        "13712345678",
        "137 1234 5678",
        "+86 137-1234-5678",
        "１３７１２３４５６７８",
    ],
)
def test_people_come_in_by_name_or_phone_however_they_write_it(agent, stranger, name):
    answer = knock(stranger, name)
    assert answer.status_code == 303
    assert user_of(stranger) == agent.get_id()


@pytest.mark.parametrize(
    ("name", "password"),
    [
        ("agent-YH", "something else"),
        ("nobody", PASSWORD),
        ("", PASSWORD),
        ("agent-YH", ""),
        ("x" * 10_000, "x" * 10_000),
    ]
    + [("agent\x00", "\x00"), ("🙂", "🙂"), ("' or 1=1 --", PASSWORD)],
)
def test_whoever_does_not_know_the_password_stays_outside_with_what_they_typed(agent, stranger, name, password):
    answer = knock(stranger, name, password)
    assert answer.status_code == 422
    assert user_of(stranger) is None
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.find(id="username")["value"] == name.replace("\x00", "").strip()
    assert not page.find(id="password").get("value")


def test_a_wrong_name_and_a_wrong_password_read_alike(agent, stranger):
    with time_machine.travel("2026-03-02T01:00:00Z", tick=False):  # the pages carry tokens with the second in them
        unknown, wrong = knock(stranger, "agent-XX", "wrong password"), knock(stranger, "agent-YH", "wrong password")
    assert unknown.text.replace("agent-XX", "") == wrong.text.replace("agent-YH", "")


def test_a_colleague_without_a_password_cannot_come_in(cast, stranger):
    assert knock(stranger, "guard-YH", "").status_code == 422
    assert knock(stranger, "guard-YH").status_code == 422


def test_after_eight_wrong_passwords_the_right_one_waits_for_fifteen_minutes(agent, stranger):
    with time_machine.travel("2026-03-02T01:00:00Z", tick=False) as clock:
        assert {knock(stranger, "agent-YH", "wrong").status_code for _ in range(8)} == {422}
        answer = knock(stranger, "agent-YH")
        assert answer.status_code == 429
        assert "15" in answer.text
        clock.shift(timedelta(minutes=16))
        assert knock(stranger, "agent-YH").status_code == 303


def test_coming_in_forgets_the_wrong_passwords_before(agent, stranger):
    for _ in range(2):
        for _ in range(7):
            knock(stranger, "agent-YH", "wrong")
        assert knock(stranger, "agent-YH").status_code == 303


def test_an_administrator_opens_a_locked_account(agent, cast, stranger):
    for _ in range(9):
        knock(stranger, "agent-YH", "wrong")
    actions.unlock(agent.id, by=cast.administrator)
    assert knock(stranger, "agent-YH").status_code == 303


@pytest.mark.parametrize("wanted", ["/desk?lens=late&text=漏水", "/me"])
def test_people_land_on_the_page_they_asked_for(agent, stranger, wanted):
    asked = stranger.get(wanted)
    assert asked.status_code == 302
    answer = stranger.post(asked.location, data={"username": "agent-YH", "password": PASSWORD})
    assert unquote(answer.location) == wanted


@pytest.mark.parametrize(
    "target",
    ["https://evil.example/", "//evil.example", "/\\evil.example", "/\t/evil.example", "/\n/evil.example", "me"]
    + ["\\\\evil.example", "javascript:alert(1)", "/nowhere", "/sign-out", "/me/password"],
)
def test_nobody_is_sent_to_another_house_or_to_a_page_there_is_not(agent, stranger, target):
    answer = knock(stranger, "agent-YH", query_string={"next": target})
    assert answer.location == "/desk"


def test_a_session_begins_anew_and_keeps_only_the_language(agent, stranger):
    with stranger.session_transaction() as session:
        session["language"], session["planted"] = "en", "by somebody else"
    knock(stranger, "agent-YH")
    with stranger.session_transaction() as session:
        assert session["language"] == "en"
        assert "planted" not in session
        assert session.permanent


@pytest.mark.parametrize("is_encrypted", [True, False])
def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites_and_of_open_lines(settings, app, agent, is_encrypted):
    served = create_app(
        replace(settings, secure_cookies=is_encrypted), TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False
    )
    said = knock(Visitor(served, served.response_class), "agent-YH").headers["Set-Cookie"].split("; ")
    assert {"HttpOnly", "SameSite=Lax"} <= set(said)
    assert ("Secure" in said) is is_encrypted


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        ("en-GB,en;q=0.9", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("en;q=0.5,zh-TW", "zh-CN"),
        ("fr,en;q=0.2", "en"),
        ("fr", "zh-CN"),
        ("", "zh-CN"),
    ],
)
def test_the_first_page_speaks_the_language_the_browser_asks_for(app, stranger, wanted, language):
    page = BeautifulSoup(stranger.get("/sign-in", headers={"Accept-Language": wanted}).text, "html.parser")
    assert page.html["lang"] == language


def test_as_long_as_there_are_demo_accounts_every_page_says_so(cast, client_for, stranger):
    def warned():
        pages = (
            stranger.get("/sign-in"),
            client_for(cast.agent).get("/desk"),
            client_for(cast.guard).get("/phone/reports"),
        )
        return ["删除演示账号" in page.text for page in pages]

    assert warned() == [False] * 3
    db.session.get_one(User, cast.leader.id).is_demo = True
    db.session.commit()
    assert warned() == [True] * 3


def test_signing_out_forgets_who_sat_there(agent, stranger):
    knock(stranger, "agent-YH")
    assert stranger.post("/sign-out").location == "/sign-in"
    assert user_of(stranger) is None
    assert stranger.get("/me").status_code == 302


def test_a_disabled_colleague_is_out_at_once_and_cannot_come_back(agent, cast, stranger):
    knock(stranger, "agent-YH")
    actions.disable(agent.id, by=cast.administrator)
    assert stranger.get("/me").status_code == 302
    assert knock(stranger, "agent-YH").status_code == 422


def test_an_invitation_is_good_for_one_password(cast, stranger):
    link = f"/invitation/{actions.invite(cast.guard.id, by=cast.administrator)}"
    assert stranger.get(link).status_code == 200
    chosen = {"password": PASSWORD, "again": PASSWORD}
    assert stranger.post(link, data=chosen).status_code == 303
    assert user_of(stranger) == users.of_id(cast.guard.id).get_id()
    assert stranger.get(link).status_code == 404
    assert stranger.post(link, data=chosen).status_code == 404


@pytest.mark.parametrize(
    ("password", "again"),
    [("short", "short"), ("12345678", "12345678"), ("aaaaaaaaaa", "aaaaaaaaaa"), (PASSWORD, "another"), ("", "")]
    + [("GUARD-YH", "GUARD-YH"), ("x" * 201, "x" * 201)],
)
def test_a_password_that_is_too_easy_is_refused_and_the_invitation_stands(cast, stranger, password, again):
    link = f"/invitation/{actions.invite(cast.guard.id, by=cast.administrator)}"
    assert stranger.post(link, data={"password": password, "again": again}).status_code == 422
    assert stranger.get(link).status_code == 200


def test_only_the_last_invitation_counts_and_only_for_seven_days(cast, stranger):
    first, second = (actions.invite(cast.guard.id, by=cast.administrator) for _ in range(2))
    assert stranger.get(f"/invitation/{first}").status_code == 404
    assert stranger.get(f"/invitation/{second}").status_code == 200
    with time_machine.travel(now() + timedelta(days=7, minutes=1)):
        assert stranger.get(f"/invitation/{second}").status_code == 404


def test_the_secret_of_an_invitation_is_not_kept(cast):
    secret = actions.invite(cast.guard.id, by=cast.administrator)
    assert secret not in str(vars(users.of_id(cast.guard.id)))


@pytest.fixture
def limited(settings, app, request, monkeypatch):
    """The product with its limits on, as it is served; `indirect` parameters are settings that differ.

    The one limiter of this process forgets that a Redis was gone in the test before.
    """
    monkeypatch.setattr(limiter, "_storage_dead", False)
    settings = replace(settings, **getattr(request, "param", {}))
    was_on = limiter.enabled
    yield create_app(settings, TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=True)
    limiter.enabled = was_on


@pytest.mark.parametrize(
    "limited", [{}, {"redis_url": "unix:///nowhere/redis.sock"}], ids=["redis", "no redis"], indirect=True
)
def test_whoever_tries_too_often_is_asked_to_wait_with_redis_and_without(limited, agent):
    visitor = Visitor(limited, limited.response_class)
    statuses = [knock(visitor, "somebody", "wrong").status_code for _ in range(14)]
    assert statuses[:12] == [422] * 12
    assert statuses[12:] == [429] * 2
    answer = knock(visitor, "somebody", "wrong", headers={"Accept-Language": "zh-CN"})
    assert "稍" in answer.text or "分钟" in answer.text
    assert knock(visitor, "agent-YH").status_code == 303


def test_whoever_tries_every_name_is_asked_to_wait_by_their_address(limited, agent):
    visitor = Visitor(limited, limited.response_class)
    statuses = [knock(visitor, f"somebody-{number}", "wrong").status_code for number in range(61)]
    assert statuses == [422] * 60 + [429]
    assert knock(visitor, "agent-YH").status_code == 429
    elsewhere = {"environ_overrides": {"REMOTE_ADDR": "192.0.2.7"}}
    assert knock(visitor, "agent-YH", **elsewhere).status_code == 303
