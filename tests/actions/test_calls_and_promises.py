"""Calls to be made again, and what residents were promised: who stands where in the queue, and who is told."""

from datetime import timedelta

import pytest
import time_machine

from actions import deadlines, telling
from extensions import db, now
from models import Notice, NoticeChannel, ServiceRequest, User
from queries import lenses, queue
from queries.lenses import LENSES
from tests.factories import completed, do, fresh, registered

START = "2026-11-23T10:00:00+08:00"  # a Monday


@pytest.fixture
def ten_o_clock():
    with time_machine.travel(START, tick=False) as traveller:
        yield traveller


def in_hours(hours):
    return (now() + timedelta(hours=hours)).isoformat()


def sweep():
    deadlines.sweep()
    telling.tell(by_email=False)


def told(reason):
    """The user names of those who were told for this reason, one for each notice."""
    asked = db.select(User.username).join(Notice, Notice.recipient_id == User.id)
    asked = asked.where(Notice.reason.startswith(reason), Notice.channel == NoticeChannel.PRODUCT)
    return sorted(name.removesuffix("-YH") for name in db.session.scalars(asked))


def rows_to_call(cast):
    return queue.page(cast.agent, LENSES["to-call-back"], {}, now=now()).rows


def test_whoever_called_in_vain_is_told_once_when_it_is_time_to_call_again(cast, ten_o_clock):
    service_request = completed(cast)
    do("call_not_answered", service_request, cast.agent2, next_try_at=in_hours(5.5))
    ten_o_clock.shift(timedelta(hours=5))
    sweep()
    assert told("call_again") == []
    ten_o_clock.shift(timedelta(minutes=30))
    sweep(), sweep()
    assert told("call_again") == ["agent2"]
    assert [event.action for event in fresh(service_request).events][-1] == "call_again"


def test_when_the_caller_has_gone_home_the_centre_is_told(cast, ten_o_clock):
    do("call_not_answered", completed(cast), cast.agent2, next_try_at=in_hours(1))
    db.session.get_one(User, cast.agent2.id).on_duty = False
    db.session.commit()
    ten_o_clock.shift(timedelta(hours=1))
    sweep()
    assert told("call_again") == ["agent", "director"]


def test_the_calls_to_make_stand_in_the_order_in_which_they_are_to_be_made(cast, ten_o_clock):
    tomorrow, unasked, afternoon = completed(cast), completed(cast), completed(cast)
    do("call_not_answered", tomorrow, cast.agent, next_try_at=in_hours(23.5))
    do("call_not_answered", afternoon, cast.agent, next_try_at=in_hours(5.5))
    rows = rows_to_call(cast)
    assert [row.reference for row in rows] == [x.reference for x in (afternoon, tomorrow, unasked)]
    assert [row.next_try_at is not None for row in rows] == [True, True, False]
    assert lenses.counts(cast.agent, now=now())["to-call-back"] == 3


def test_a_call_that_is_late_by_its_deadline_still_waits_for_the_hour_agreed(cast, ten_o_clock):
    late, due = completed(cast), completed(cast)
    ten_o_clock.shift(timedelta(days=30))
    do("call_not_answered", late, cast.agent, next_try_at=in_hours(2))
    assert [row.reference for row in rows_to_call(cast)] == [due.reference, late.reference]
    assert late.reference in [row.reference for row in queue.page(cast.agent, LENSES["late"], {}, now=now()).rows]


@pytest.mark.parametrize(
    ("action", "details"),
    [
        ("close", {"verdict": "satisfied"}),
        ("reopen", {"verdict": "unsatisfied", "words": "又漏了"}),
        ("annotate", {"words": "已电话说明", "audience": "resident"}),
        ("promise", {"words": "明天来", "due_at": "2026-11-24T10:00:00+08:00"}),
    ],
)
def test_who_was_spoken_to_is_not_called_again(cast, ten_o_clock, action, details):
    service_request = completed(cast)
    do("call_not_answered", service_request, cast.agent, next_try_at=in_hours(1))
    do(action, service_request, cast.agent, **details)
    assert fresh(service_request).next_try_at is None
    ten_o_clock.shift(timedelta(hours=2))
    sweep()
    assert told("call_again") == []


def test_the_next_try_moves_with_every_call_in_vain(cast, ten_o_clock):
    service_request = completed(cast)
    for hours in (1, 3):
        do("call_not_answered", service_request, cast.agent, next_try_at=in_hours(hours))
    assert fresh(service_request).next_try_at == now() + timedelta(hours=3)
    ten_o_clock.shift(timedelta(hours=1))
    sweep()
    assert told("call_again") == []
    ten_o_clock.shift(timedelta(hours=2))
    sweep()
    assert told("call_again") == ["agent"]


def test_a_promise_is_the_next_thing_due_on_its_row(cast, ten_o_clock):
    service_request = completed(cast)
    do("promise", service_request, cast.agent, words="下午四点前回电", due_at=in_hours(2))
    (row,) = rows_to_call(cast)
    assert (row.reading.clock, row.reading.due_at) == ("promise", now() + timedelta(hours=2))


def test_who_promised_and_the_director_are_told_once_when_it_is_nearly_due_and_once_when_it_is_broken(
    cast, ten_o_clock
):
    service_request = registered(cast, service_class="suggestion", kind="suggestion")
    do("accept", service_request, cast.agent)
    do("promise", service_request, cast.agent2, words="两点前答复", due_at=in_hours(4))
    ten_o_clock.shift(timedelta(hours=3))
    sweep(), sweep()
    assert told("warn.promise") == ["agent2", "director"]
    ten_o_clock.shift(timedelta(hours=2))
    sweep(), sweep()
    assert told("breach.promise") == ["agent2", "director"]
    ten_o_clock.shift(timedelta(hours=20))
    sweep()
    assert len(told("breach.promise")) == 2


def test_two_promises_are_warned_of_each_by_itself(cast, ten_o_clock):
    service_request = registered(cast, service_class="suggestion", kind="suggestion")
    do("promise", service_request, cast.agent, words="两点前答复", due_at=in_hours(4))
    ten_o_clock.shift(timedelta(minutes=1))
    do("promise", service_request, cast.agent2, words="五点前派人", due_at=in_hours(7))
    for hours in (4, 4):
        ten_o_clock.shift(timedelta(hours=hours))
        sweep()
    assert told("breach.promise") == ["agent", "agent2", "director", "director"]


def test_a_promise_kept_by_an_answer_warns_nobody(cast, ten_o_clock):
    service_request = registered(cast)
    do("promise", service_request, cast.agent, words="两点前答复", due_at=in_hours(4))
    do("reply", service_request, cast.agent, words="已答复")
    ten_o_clock.shift(timedelta(hours=5))
    sweep()
    assert told("warn.promise") + told("breach.promise") == []
    (kept,) = [reading for reading in fresh(service_request).readings if reading.clock == "promise"]
    assert (kept.stopped_at is not None, kept.is_late) == (True, False)


def test_a_second_round_of_dispatching_is_warned_of_too(cast, ten_o_clock):
    service_request = registered(cast)
    do("accept", service_request, cast.agent)
    for name in ("dispatch", "sweep"):
        ten_o_clock.shift(timedelta(minutes=31))
        sweep()
        if name == "dispatch":
            job_id = do("dispatch", service_request, cast.agent, holder_id=str(cast.technician.id)).job_id
            job = next(job for job in fresh(service_request).jobs if job.id == job_id)
            do("return", job, cast.technician, reason="no_capacity")
    raised = [
        e.details for e in fresh(service_request).events if e.action == "breach" and e.details["step"] == "passed"
    ]
    assert [details["clock"] for details in raised].count("dispatch") == 2


def test_the_row_keeps_what_the_history_says(cast, ten_o_clock):
    service_request = completed(cast)
    do("call_not_answered", service_request, cast.agent, next_try_at=in_hours(1))
    row = db.session.get_one(ServiceRequest, service_request.id)
    assert row.next_try_at == row.call_at == row.next_alarm_at == now() + timedelta(hours=1)
    do("close", service_request, cast.agent, verdict="satisfied")
    row = db.session.get_one(ServiceRequest, service_request.id, populate_existing=True)
    assert (row.next_try_at, row.call_at) == (None, None)
