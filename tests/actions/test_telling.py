"""Who is told of what."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import select

from actions import telling
from extensions import db, now
from models import Event, Notice, NoticeChannel, NoticeState, NoticeTarget, User
from tests.factories import completed, dispatched, do, fresh, registered


def told(*, by_email=False):
    """Who is told what now: {name: reason}, in the product."""
    before = set(db.session.scalars(select(Notice.id)))
    telling.tell(by_email=by_email)
    rows = db.session.execute(
        select(User.username, Notice.reason)
        .join(User, User.id == Notice.recipient_id)
        .where(Notice.channel == NoticeChannel.PRODUCT, Notice.id.not_in(before))
    ).all()
    assert len({name for name, _ in rows}) == len(rows), "somebody was told twice of one change"
    return {name.removesuffix("-YH"): reason for name, reason in rows}


def test_a_guards_report_is_told_to_the_centre_on_duty_but_not_to_the_other_site(cast):
    registered(cast, by=cast.guard)
    assert told() == {"agent": "register.centre", "agent2": "register.centre", "director": "register.centre"}


def test_nobody_is_told_of_what_they_did_themselves(cast):
    registered(cast, by=cast.agent)
    assert "agent" not in told()


def test_colleagues_off_duty_are_left_alone_unless_everybody_is(cast):
    db.session.get(User, cast.agent2.id).on_duty = False
    db.session.commit()
    registered(cast, by=cast.guard)
    assert "agent2" not in told()
    for name in ("agent", "director"):
        db.session.get(User, getattr(cast, name).id).on_duty = False
    db.session.commit()
    registered(cast, by=cast.guard)
    assert set(told()) == {"agent", "agent2", "director"}


def test_a_disabled_colleague_is_told_nothing(cast):
    db.session.get(User, cast.agent2.id).is_enabled = False
    db.session.commit()
    registered(cast, by=cast.guard)
    assert "agent2" not in told()


def test_an_order_to_a_person_is_told_to_the_person_to_the_head_and_to_the_reporter(cast):
    service_request = registered(cast, by=cast.guard)
    do("accept", service_request, cast.agent)
    telling.tell(by_email=False)
    do("dispatch", service_request, cast.agent, holder_id=str(cast.technician.id))
    assert told() == {
        "technician": "dispatch.to person.holder",
        "head": "dispatch.to person.head",
        "guard": "dispatch.reporter",
    }


def test_an_order_to_a_department_is_told_to_its_head(cast):
    service_request = registered(cast)
    do("accept", service_request, cast.agent)
    telling.tell(by_email=False)
    do("dispatch", service_request, cast.agent, department_id=str(cast.engineering.id))
    assert told() == {"head": "dispatch.head"}


def test_what_was_dispatched_in_the_same_stroke_is_no_longer_to_be_accepted(cast):
    dispatched(cast)
    assert set(told()) == {"technician", "head"}


def test_the_last_job_done_is_one_notice_not_two(cast):
    service_request, job = dispatched(cast, by=cast.guard)
    telling.tell(by_email=False)
    do("complete", job, cast.technician, outcome="fixed")
    assert told() == {"agent": "conclude.dispatcher", "guard": "conclude.reporter"}


def test_a_returned_job_goes_to_whoever_dispatched_it_and_to_the_centre_if_they_went_home(cast):
    _, job = dispatched(cast)
    telling.tell(by_email=False)
    db.session.get(User, cast.agent.id).on_duty = False
    db.session.commit()
    do("return", job, cast.technician, reason="no_capacity")
    assert told() == {"agent2": "return.dispatcher", "director": "return.dispatcher", "head": "return.head"}


def test_a_job_that_changes_hands_is_told_to_both(cast):
    _, job = dispatched(cast)
    telling.tell(by_email=False)
    do("assign", job, cast.head, holder_id=str(cast.technician2.id))
    assert told() == {"technician2": "assign.holder", "technician": "assign.former_holder"}


def test_a_cancelled_request_calls_off_its_jobs_in_one_notice_each(cast):
    service_request, _ = dispatched(cast, by=cast.guard)
    telling.tell(by_email=False)
    do("cancel", service_request, cast.agent, reason="mistake")
    assert told() == {"technician": "cancel_job.holder", "guard": "cancel.reporter"}


def test_chasing_reaches_who_can_hurry_or_else_the_centre(cast):
    service_request, _ = dispatched(cast)
    telling.tell(by_email=False)
    do("chase", service_request, cast.agent)
    assert told() == {"technician": "chase.holders", "head": "chase.heads"}
    waiting = registered(cast)
    telling.tell(by_email=False)
    do("chase", waiting, cast.agent)
    assert set(told()) == {"agent2", "director"}


def test_escalating_climbs_one_step_each_time_and_never_stops_at_oneself(cast):
    service_request = registered(cast)
    telling.tell(by_email=False)
    for who, expected in ((cast.agent, "director"), (cast.agent, "site_director"), (cast.agent, "quality")):
        do("escalate", service_request, who)
        assert told() == {expected: f"escalate.to {expected}.{expected}"}
    another = registered(cast)
    telling.tell(by_email=False)
    do("escalate", another, cast.director)
    assert set(told()) == {"site_director"}


def test_the_second_reopening_reaches_the_site_director(cast):
    service_request = completed(cast)
    telling.tell(by_email=False)
    do("reopen", service_request, cast.agent, verdict="unsatisfied")
    assert told() == {"technician": "reopen.last_holders", "director": "reopen.director"}
    do("reply", service_request, cast.agent)
    telling.tell(by_email=False)
    do("reopen", service_request, cast.agent, verdict="unsatisfied")
    assert told()["site_director"] == "reopen.again.site_director"


def test_telling_twice_tells_once(cast):
    registered(cast, by=cast.guard)
    telling.tell(by_email=True)
    count = db.session.query(Notice).count()
    telling.tell(by_email=True)
    for event in db.session.scalars(select(Event)):
        event.told_at = None
    db.session.commit()
    telling.tell(by_email=True)
    assert db.session.query(Notice).count() == count


def test_what_happened_long_before_it_was_written_down_is_history_not_news(cast):
    service_request = registered(cast, by=cast.guard, happened_at=now() - timedelta(days=8))
    assert told() == {}
    assert all(event.told_at for event in fresh(service_request).events)


@pytest.mark.parametrize(
    ("moment", "category", "waits_until"),
    [
        ("2026-11-23T12:00:00+08:00", "dripping_tap", "2026-11-23T12:00:00+08:00"),
        ("2026-11-23T23:30:00+08:00", "dripping_tap", "2026-11-24T07:00:00+08:00"),
        ("2026-11-24T03:00:00+08:00", "dripping_tap", "2026-11-24T07:00:00+08:00"),
        ("2026-11-23T23:30:00+08:00", "burst_pipe", "2026-11-23T23:30:00+08:00"),
    ],
)
def test_e_mail_waits_for_the_morning_unless_it_is_urgent(cast, moment, category, waits_until):
    with time_machine.travel(moment, tick=False):
        dispatched(cast, category_id=str(getattr(cast, category).id))
        telling.tell(by_email=True)
        letter = db.session.scalars(
            select(Notice).where(Notice.channel == NoticeChannel.EMAIL, Notice.recipient_id == cast.technician.id)
        ).one()
        assert letter.state is NoticeState.WAITING
        assert letter.next_try_at.isoformat() == iso_utc(waits_until)


def iso_utc(text):
    return datetime.fromisoformat(text).astimezone(UTC).isoformat()


def test_no_e_mail_goes_to_who_does_not_want_it_or_where_no_mail_server_is_set(cast):
    db.session.get(User, cast.technician.id).email_notices = False
    db.session.commit()
    dispatched(cast)
    telling.tell(by_email=True)
    assert channels_of(cast.technician) == {NoticeChannel.PRODUCT}
    dispatched(cast, to=cast.technician2)
    telling.tell(by_email=False)
    assert channels_of(cast.technician2) == {NoticeChannel.PRODUCT}


def test_a_robot_of_the_site_is_told_once_of_each_loud_change_and_a_person_by_their_own(cast):
    db.session.add(NoticeTarget(site_id=cast.site.id, name="客服群", url="json://localhost", reasons=[]))
    db.session.add(
        NoticeTarget(user_id=cast.head.id, name="我的", url="json://localhost", reasons=["dispatch.to person.head"])
    )
    db.session.commit()
    dispatched(cast)
    telling.tell(by_email=False)
    hooks = db.session.scalars(select(Notice).where(Notice.channel == NoticeChannel.WEBHOOK)).all()
    assert {(n.recipient_id, n.reason) for n in hooks} == {
        (None, "dispatch.to person.holder"),
        (cast.head.id, "dispatch.to person.head"),
    }


def channels_of(person):
    return set(db.session.scalars(select(Notice.channel).where(Notice.recipient_id == person.id)))
