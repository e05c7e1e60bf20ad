"""Warnings and breaches, each exactly once, and whom they reach."""

from datetime import timedelta

import pytest
import time_machine

from actions import deadlines, telling
from actions.perform import perform
from domain.alarms import Step, alarms
from domain.lifecycle import ACTIONS, RequestStatus
from extensions import db, now
from models import Notice, NoticeChannel, ServiceRequest, User
from queries import clocks
from tests.factories import dispatched, do, fresh, registered

START = "2026-11-23T10:00:00+08:00"  # a Monday


@pytest.fixture
def ten_o_clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def raised(service_request):
    """What the product said of this request: (action, clock, step)."""
    return [
        (event.action, event.details["clock"], event.details["step"])
        for event in fresh(service_request).events
        if event.action in ("warn", "breach")
    ]


def told(reason):
    """Who was told for this reason."""
    return {
        name.removesuffix("-YH")
        for (name,) in db.session.query(User.username)
        .join(Notice, Notice.recipient_id == User.id)
        .filter(Notice.reason == reason, Notice.channel == NoticeChannel.PRODUCT)
    }


def test_a_clock_warns_before_its_deadline_and_breaches_after_it(cast, ten_o_clock):
    service_request = registered(cast)  # a minor repair: half an hour to accept
    ten_o_clock.shift(timedelta(minutes=20))
    deadlines.sweep()
    assert raised(service_request) == []
    ten_o_clock.shift(timedelta(minutes=1))
    deadlines.sweep()
    assert ("warn", "acknowledge", "near") in raised(service_request)
    ten_o_clock.shift(timedelta(minutes=10))
    deadlines.sweep()
    assert ("breach", "acknowledge", "passed") in raised(service_request)
    assert fresh(service_request).status is RequestStatus.REGISTERED


def test_sweeping_again_and_again_says_nothing_twice(cast, ten_o_clock):
    service_request = registered(cast)
    for _ in range(30):
        ten_o_clock.shift(timedelta(minutes=7))
        deadlines.sweep()
        deadlines.sweep()
    found = raised(service_request)
    assert len(found) == len(set(found)) > 4


def test_what_was_late_when_the_worker_came_back_is_not_warned_of_any_more(cast, ten_o_clock):
    service_request = registered(cast)
    ten_o_clock.shift(timedelta(hours=1))
    deadlines.sweep()
    assert ("warn", "acknowledge", "near") not in raised(service_request)
    assert ("breach", "acknowledge", "passed") in raised(service_request)
    do("annotate", service_request, cast.agent, words="还没有人接", audience="internal")
    deadlines.sweep()
    assert ("warn", "acknowledge", "near") not in raised(service_request)


def test_the_ladder_climbs_to_the_quality_department_only_for_what_must_never_wait(cast, ten_o_clock):
    common = registered(cast, by=cast.guard)
    emergency = registered(cast, by=cast.guard, service_class="emergency")
    ten_o_clock.shift(timedelta(hours=5))
    deadlines.sweep()
    telling.tell(by_email=False)
    assert ("breach", "acknowledge", "half_again") in raised(common)
    assert not [step for _, _, step in raised(common) if step == "twice"]
    assert ("breach", "acknowledge", "twice") in raised(emergency)
    assert told("breach.passed.director") == {"director"}
    assert told("breach.half_again.site_director") == {"site_director"}
    assert told("breach.twice.quality") == {"quality"}


def test_the_holder_and_the_head_are_warned_of_the_work_and_the_centre_of_its_own_clocks(cast, ten_o_clock):
    registered(cast, by=cast.guard)
    dispatched(cast)
    ten_o_clock.shift(timedelta(minutes=22))
    deadlines.sweep()
    telling.tell(by_email=False)
    assert told("warn.at the centre.centre") == {"agent", "agent2", "director"}
    ten_o_clock.shift(timedelta(hours=6, minutes=30))
    deadlines.sweep()
    telling.tell(by_email=False)
    assert "technician" in told("warn.at work.holders")
    assert "head" in told("warn.at work.heads")


def test_a_clock_that_waits_or_has_stopped_raises_no_alarm(cast, ten_o_clock):
    _, job = dispatched(cast)
    do("acknowledge", job, cast.technician)
    do("hold", job, cast.technician, reason="appointment", until="2026-11-25")
    assert db.session.get(ServiceRequest, job.service_request_id).next_alarm_at is None
    cancelled = registered(cast)
    do("cancel", cancelled, cast.agent, reason="mistake")
    assert fresh(cancelled).next_alarm_at is None


def test_a_reopened_request_runs_its_clocks_and_alarms_anew(cast, ten_o_clock):
    service_request = registered(cast)
    do("accept", service_request, cast.agent)
    ten_o_clock.shift(timedelta(minutes=31))
    deadlines.sweep()
    assert ("breach", "dispatch", "passed") in raised(service_request)
    do("reply", service_request, cast.agent)
    do("reopen", service_request, cast.agent, verdict="unsatisfied")
    ten_o_clock.shift(timedelta(minutes=31))
    deadlines.sweep()
    assert raised(service_request).count(("breach", "dispatch", "passed")) == 2


def test_old_lateness_is_history_and_raises_nothing(cast):
    service_request = registered(cast, happened_at=now() - timedelta(days=60))
    deadlines.sweep()
    assert raised(service_request) == []
    assert fresh(service_request).next_alarm_at is None


def test_the_steps_lie_at_the_warning_the_deadline_and_half_an_allowance_later(cast, ten_o_clock):
    service_request = fresh(registered(cast, service_class="emergency"))
    found = alarms(clocks.of_service_request(service_request), service_request.service_class)
    begun = service_request.registered_at
    after = {a.details["step"]: (a.at - begun).total_seconds() / 60 for a in found if a.details["clock"] == "complete"}
    assert after == {Step.NEAR: 84, Step.PASSED: 120, Step.HALF_AGAIN: 180, Step.TWICE: 240}


def test_a_warning_meanwhile_does_not_refuse_what_a_person_decided(cast, ten_o_clock):
    service_request = registered(cast)
    do("accept", service_request, cast.agent)
    seen = fresh(service_request).version
    ten_o_clock.shift(timedelta(minutes=25))
    deadlines.sweep()
    assert fresh(service_request).version > seen
    details = {"holder_id": str(cast.technician.id)}
    perform(ACTIONS["dispatch"], service_request.id, by=cast.agent, details=details, seen=seen)
    assert fresh(service_request).status is RequestStatus.IN_PROGRESS
