"""Accounts: who may have one, and who may take it away."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import VerifyMismatchError
from sqlalchemy import func, select

from actions import telling
from actions import users as actions
from actions.passwords import is_password_of, nobodys
from actions.sign_in import signed_in
from domain.accounts import AccountLocked
from domain.errors import Invalid, NotAllowedNow
from domain.permissions import Role
from extensions import db, password_hasher
from models import AdministrationEntry, Notice, NoticeState, User
from queries import users
from tests.factories import do, registered
from tests.people import person

PASSWORD = "一句好记的话 7"


def typed(**changed):
    account = {
        "name": "新同事",
        "username": "New",
        "post": "company",
        "roles": ["leader"],
        "trades": [],
        "on_duty": True,
    }
    return account | changed


def test_a_user_name_is_kept_in_small_letters(cast):
    added = actions.add(typed(), by=cast.administrator, company_id=cast.company.id)
    assert users.of_id(added.id).username == "new"
    assert not is_password_of(added, "")


def test_two_colleagues_cannot_share_a_telephone(cast):
    actions.add(typed(phone="+8613800138111"), by=None, company_id=cast.company.id)
    with pytest.raises(Invalid) as refusal:
        actions.add(typed(username="other", phone="+8613800138111"), by=None, company_id=cast.company.id)
    assert refusal.value.field == "phone"
    assert users.of_name_or_phone("other", None) is None


def test_an_administrator_may_go_when_another_stays(cast):
    person(cast.company, None, None, "second", "第二位", Role.ADMINISTRATOR)
    db.session.commit()
    actions.edit(cast.administrator.id, typed(username="administrator"), by=cast.administrator)
    assert users.of_id(cast.administrator.id).roles == {Role.LEADER}


def test_two_administrators_who_disable_each_other_leave_one(app, cast):
    second = person(cast.company, None, None, "second", "第二位", Role.ADMINISTRATOR)
    db.session.commit()

    def disable(id, by):
        with app.app_context():
            try:
                actions.disable(id, by=users.of_id(by))
            except NotAllowedNow:
                return "refused"
            return "done"

    pairs = [(second.id, cast.administrator.id), (cast.administrator.id, second.id)]
    with ThreadPoolExecutor(2) as both:
        answers = sorted(both.map(lambda pair: disable(*pair), pairs))
    assert answers == ["done", "refused"]


def test_no_letter_follows_whoever_was_disabled(cast):
    do("escalate", registered(cast), cast.agent, words="再不来就投诉")
    telling.tell(by_email=True)
    waiting = select(func.count()).where(Notice.recipient_id == cast.director.id, Notice.state == NoticeState.WAITING)
    assert db.session.scalar(waiting) == 1
    actions.disable(cast.director.id, by=cast.administrator)
    assert db.session.scalar(waiting) == 0


def test_what_was_refused_is_not_written_down(cast):
    with pytest.raises(NotAllowedNow):
        actions.disable(cast.administrator.id, by=None)
    assert db.session.scalars(select(AdministrationEntry)).all() == []
    assert users.of_id(cast.administrator.id).is_enabled


def test_a_password_kept_more_weakly_is_kept_better_at_the_next_sign_in(cast):
    user = db.session.get(User, cast.agent.id)
    user.password_hash = weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    db.session.commit()
    epoch = user.session_epoch
    assert signed_in("agent-YH", None, PASSWORD) is not None
    assert users.of_id(user.id).password_hash != weak
    assert users.of_id(user.id).session_epoch == epoch


def test_an_unknown_name_takes_as_long_as_a_known_one(app):
    nobody, somebody = map(extract_parameters, (nobodys(), password_hasher().hash(PASSWORD)))
    assert (nobody.type, nobody.memory_cost, nobody.time_cost, nobody.parallelism) == (
        somebody.type, somebody.memory_cost, somebody.time_cost, somebody.parallelism
    )  # fmt: skip
    with pytest.raises(VerifyMismatchError):  # a hash that is read and compared, and not refused at a glance
        password_hasher().verify(nobodys(), PASSWORD)


def test_many_guesses_at_the_same_moment_are_all_counted(app, cast):
    user = db.session.get(User, cast.agent.id)
    user.password_hash = password_hasher().hash(PASSWORD)
    db.session.commit()

    def guess(_):
        with app.app_context():
            try:
                return signed_in("agent-YH", None, "wrong")
            except AccountLocked:
                return "locked"

    with ThreadPoolExecutor(6) as crowd:
        answers = list(crowd.map(guess, range(12)))
    assert answers.count(None) == 8
    assert answers.count("locked") == 4
