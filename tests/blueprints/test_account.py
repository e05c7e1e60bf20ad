"""One's own account."""

import pytest
from bs4 import BeautifulSoup

from actions.passwords import is_password_of, set_password
from extensions import db
from models import User
from queries import users
from tests.people import COMPANY_ROLES, SITE_ROLES
from tests.visits import Visitor, signed_in

OLD, NEW = "一句好记的话 7", "另一句好记的话 8"


@pytest.fixture
def agent(cast):
    agent = db.session.get(User, cast.agent.id)
    set_password(agent, OLD)
    db.session.commit()
    return users.of_session(agent.get_id())


def change(visitor, old=OLD, new=NEW, again=None):
    return visitor.post("/me/password", data={"old_password": old, "password": new, "again": again or new})


@pytest.mark.parametrize("who", [*SITE_ROLES, *COMPANY_ROLES])
def test_everybody_has_a_page_of_their_own(cast, client_for, queries_run, who):
    visitor = client_for(getattr(cast, who))
    queries_run.clear()
    answer = visitor.get("/me")
    assert answer.status_code == 200
    assert getattr(cast, who).username in answer.text
    assert len(queries_run) <= 5


def test_a_new_password_ends_every_other_session_and_keeps_this_one(app, agent):
    here, elsewhere = signed_in(app, agent), signed_in(app, agent)
    assert change(here).status_code == 303
    assert here.get("/me").status_code == 200
    assert elsewhere.get("/me").status_code == 302
    assert is_password_of(users.of_id(agent.id), NEW)


@pytest.mark.parametrize(
    ("old", "new", "again"),
    [("wrong", NEW, NEW), (OLD, "short", "short"), (OLD, NEW, "another"), (OLD, "password", "password"), ("", "", "")]
    + [(OLD, "agent-YH", "agent-YH"), (OLD, "\x00" * 8, "\x00" * 8), (OLD, "x" * 10_000, "x" * 10_000)],
)
def test_a_password_that_cannot_be_is_refused_in_words(client_for, agent, old, new, again):
    answer = change(client_for(agent), old, new, again)
    assert answer.status_code == 422
    assert BeautifulSoup(answer.text, "html.parser").select(".field-error")
    assert is_password_of(users.of_id(agent.id), OLD)


def test_guessing_the_present_password_locks_the_account(client_for, agent):
    visitor = client_for(agent)
    assert {change(visitor, "wrong").status_code for _ in range(8)} == {422}
    assert change(visitor).status_code == 429


def test_signing_out_everywhere_means_everywhere(app, agent):
    here, elsewhere = signed_in(app, agent), signed_in(app, agent)
    assert here.post("/me/sign-out-everywhere").status_code == 303
    assert here.get("/me").status_code == elsewhere.get("/me").status_code == 302


def test_a_colleague_chooses_a_language_and_stays_where_they_are(client_for, agent):
    visitor = client_for(agent)
    answer = visitor.post("/language", data={"language": "en"}, headers={"Referer": "http://localhost/me?x=1"})
    assert answer.location == "/me?x=1"
    assert "Password" in visitor.get("/me").text
    assert users.of_id(agent.id).language == "en"


def test_a_stranger_chooses_a_language_too(app):
    visitor = Visitor(app, app.response_class)
    for language, words in [("en", "Sign in"), ("zh_Hans_CN", "登录")]:
        assert visitor.post("/language", data={"language": language}).location == "/sign-in"
        assert words in visitor.get("/sign-in").text


@pytest.mark.parametrize(
    "came_from", ["https://evil.example/me", "http://localhost/me/password", "http://localhost//evil"]
)
def test_the_language_leads_only_to_pages_of_ours(client_for, agent, came_from):
    answer = client_for(agent).post("/language", data={"language": "en"}, headers={"Referer": came_from})
    assert answer.location == "/desk"


@pytest.mark.parametrize("language", ["", "fr", "zh", "../../etc", "\x00"])
def test_a_language_nobody_speaks_changes_nothing(client_for, agent, language):
    visitor = client_for(agent)
    assert visitor.post("/language", data={"language": language}).status_code == 303
    assert users.of_id(agent.id).language == "zh_Hans_CN"
