"""What cannot be read, who overtook whom, and what is away: every no has a page, and its words."""

import re
import sqlite3
from contextlib import contextmanager
from dataclasses import replace
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from sqlalchemy import event, func, select

from actions.service_requests import register
from app import create_app
from blueprints.addresses import public_address
from domain.errors import AlreadyUsed
from extensions import db
from models import ServiceRequest
from queries import events
from tests.factories import completed, registered
from tests.visits import signed_in


def leak(cast, **more):
    return {"kind": "repair", "channel": "phone", "words": "漏水", "unit_id": str(cast.unit.id)} | more


@pytest.mark.parametrize("body", [b"5", b"[1]", b'{"username": 5}', b"{"])
def test_only_forms_are_read(cast, app, body):
    response = app.test_client().post("/sign-in", data=body, content_type="application/json")
    assert response.status_code == 400 and "无法" in response.text


@pytest.mark.parametrize("kind", ["multipart/form-data", "multipart/form-data; boundary=x", "text/plain", "a/b/c"])
def test_a_broken_body_is_an_empty_form(app, kind):
    response = app.test_client().post("/sign-in", data=b"--y\r\n\xff\xfe", content_type=kind)
    assert response.status_code == 422


def test_a_lone_surrogate_is_no_letter(app):
    sent = b"username=\xed\xa0\xbd%ED%A0%BD%00&password=%ff"
    response = app.test_client().post("/sign-in", data=sent, content_type="application/x-www-form-urlencoded")
    assert response.status_code == 422


def test_an_id_that_stands_for_another_event_is_refused(cast):
    """The ids of events the product wrote itself have no receipt, and are in the addresses of pages."""
    completed(cast)
    own = db.session.scalar(select(ServiceRequest.id))
    conclude = next(event.id for event in events.untold(50) if event.actor_id is None)
    for id in (own, conclude):
        with pytest.raises(AlreadyUsed):
            register(leak(cast), by=cast.agent, site_id=cast.site.id, event_id=id)


def test_one_registration_sent_twice_at_once_is_one(app, cast):
    id, ids, together = uuid4(), [], Barrier(2)

    def send():
        with app.app_context():
            together.wait(timeout=10)
            ids.append(register(leak(cast), by=cast.agent, site_id=cast.site.id, event_id=id).id)

    threads = [Thread(target=send) for _ in range(2)]
    db.session.commit()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert ids == [id, id]
    assert db.session.scalar(select(func.count()).select_from(ServiceRequest)) == 1


@contextmanager
def impatience():
    """New connections that wait a moment only."""

    def hurry(connection, _record):
        connection.execute("PRAGMA busy_timeout=50")

    event.listen(db.engine, "connect", hurry)
    db.engine.dispose()
    yield
    event.remove(db.engine, "connect", hurry)
    db.engine.dispose()


def test_a_database_that_is_held_too_long_says_so_in_words(app, cast, client_for):
    if db.engine.dialect.name != "sqlite":
        return
    service_request, agent = registered(cast), client_for(cast.agent)
    db.session.commit()
    holder = sqlite3.connect(db.engine.url.database, isolation_level=None)
    holder.execute("BEGIN IMMEDIATE")
    with impatience():
        response = agent.post(f"/service-requests/{service_request.id}/accept")
    holder.close()
    assert response.status_code == 503
    assert "系统暂时不可用" in response.text and "王晓梅" not in response.text
    assert agent.post(f"/service-requests/{service_request.id}/accept").status_code == 303


@pytest.fixture
def strict(settings, app):
    """The application as it is served: forms need their token, doors count attempts."""
    return create_app(settings, TESTING=True, RATELIMIT_ENABLED=False)


@pytest.mark.parametrize("token", [None, "forged", "\x00", "长" * 5000])
def test_a_form_without_its_token_is_refused_in_words(strict, token):
    response = strict.test_client().post("/sign-in", data={"csrf_token": token} if token else {})
    assert response.status_code == 400 and "刷新" in response.text
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    "url", ["/", "/no-such-page", "/sign-in", "/desk", "/service-requests/x", "/a%0aINFO%20forged"]
)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "NONSENSE"])
def test_every_answer_is_guarded_and_numbered(strict, url, method, caplog):
    caplog.set_level("INFO", "yingda")
    given = {"X-Request-Id": "a<b>\t"}
    response = strict.test_client().open(url, method=method, headers=given)
    assert response.status_code < 500
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
    assert response.headers["X-Request-Id"].isalnum()
    assert all("\n" not in record.getMessage() for record in caplog.records)


def test_scripts_and_styles_come_from_files_of_ours_alone(strict):
    policy = strict.test_client().get("/sign-in").headers["Content-Security-Policy"]
    rules = dict(rule.split(" ", 1) for rule in policy.split("; "))
    assert (rules["script-src"], rules["style-src"], rules["default-src"]) == ("'self'", "'self'", "'none'")
    assert "unsafe" not in policy


def test_every_request_leaves_one_line_with_its_number_who_asked_how_long_it_took_and_how_many_statements(
    cast, app, caplog
):
    caplog.set_level("INFO", "yingda")
    signed_in(app, cast.agent).get("/desk", headers={"X-Request-Id": "proxy-17"})
    app.test_client().get("/no-such-page")
    known, unknown = (record.getMessage() for record in caplog.records if record.name == "yingda")
    assert re.fullmatch(r"proxy-17 GET /desk 200 user=agent-YH \d+ms statements=[1-8]", known)
    assert re.fullmatch(r"[0-9a-f]{12} GET /no-such-page 404 user=- \d+ms statements=\d+", unknown)


@pytest.mark.parametrize(("proxies", "is_believed"), [(0, False), (1, True)])
def test_only_a_proxy_we_know_of_is_believed_that_the_line_was_encrypted(settings, app, proxies, is_believed):
    public = replace(settings, secure_cookies=True, trusted_proxies=proxies)
    visitor = create_app(public, TESTING=True, RATELIMIT_ENABLED=False).test_client()
    answer = visitor.get("/sign-in", headers={"X-Forwarded-Proto": "https"})
    assert ("Strict-Transport-Security" in answer.headers) is is_believed


def test_links_that_are_passed_on_name_us_and_not_who_asked(app, settings):
    with app.test_request_context(base_url="http://evil.example"):
        assert public_address("sign_in.invitation", secret="x") == f"{settings.public_url}/invitation/x"


def test_no_log_line_holds_a_password_or_the_key_of_an_invitation(strict, caplog):
    caplog.set_level("DEBUG")
    strict.config["WTF_CSRF_ENABLED"] = False
    visitor = strict.test_client()
    visitor.post("/sign-in", data={"username": "13800138000", "password": "my-secret-words"})
    visitor.get("/invitation/a-secret-key")
    visitor.get("/residents?who=13800138000")
    written = caplog.text
    assert not any(secret in written for secret in ("my-secret-words", "a-secret-key", "13800138000"))
