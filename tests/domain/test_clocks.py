"""The clocks of a service request, told as short stories."""

from itertools import permutations

import pytest

from domain.clocks import Clock, State, next_reading, readings
from tests.domain.stories import (
    EVERY_CLOCK,
    OFFICE,
    ON_PIPE,
    ON_PUMP,
    WAITS,
    C,
    after,
    any_time,
    last,
    minutes,
    runs,
    story,
    working,
)


def test_registering_starts_every_clock_but_the_follow_up():
    assert {reading.clock for reading in readings(story(), OFFICE)} == set(Clock) - {C.FOLLOW_UP, C.PROMISE}


@pytest.mark.parametrize(
    ("clock", "action", "fields"),
    [
        (C.ACKNOWLEDGE, "accept", {}),
        (C.ACKNOWLEDGE, "dispatch", ON_PUMP),
        (C.ACKNOWLEDGE, "reply", {}),
        (C.DISPATCH, "dispatch", ON_PUMP),
        (C.DISPATCH, "reply", {}),
        (C.ARRIVE, "arrive", ON_PUMP),
        (C.ARRIVE, "complete", ON_PUMP),
        (C.CONTAIN, "complete", ON_PUMP | {"contained": True}),
        (C.CONTAIN, "conclude", {}),
        (C.COMPLETE, "conclude", {}),
        (C.COMPLETE, "reply", {}),
        (C.REPLY, "reply", {}),
        (C.REPLY, "annotate", {"tells_resident": True, "by_centre": True}),
        (C.REPLY, "promise", {"tells_resident": True, "by_centre": True}),
        (C.REPLY, "close", {}),
    ],
)
def test_each_clock_stops_at_its_action(clock, action, fields):
    reading = last(story((4, action, fields)), clock)
    assert reading.stopped_at == after(4)
    assert reading.is_met


@pytest.mark.parametrize(
    ("clock", "action", "fields"),
    [
        (C.CONTAIN, "complete", ON_PUMP),
        (C.REPLY, "annotate", {"tells_resident": False, "by_centre": True}),
        (C.REPLY, "annotate", {"tells_resident": True, "by_centre": False}),
        (C.REPLY, "conclude", {}),
        (C.REPLY, "call_not_answered", {}),
        (C.COMPLETE, "send_back", {}),
        (C.ACKNOWLEDGE, "chase", {}),
        (C.DISPATCH, "accept", {}),
    ],
)
def test_each_clock_runs_on_through_other_actions(clock, action, fields):
    assert last(story((4, action, fields)), clock).stopped_at is None


@pytest.mark.parametrize("action", ["close", "close_without_call", "reopen"])
@pytest.mark.parametrize("finish", ["conclude", "reply"])
def test_the_follow_up_runs_from_the_end_of_the_work_to_the_closing(finish, action):
    reading = last(story((30, finish), (90, action)), C.FOLLOW_UP)
    assert (reading.started_at, reading.stopped_at, reading.is_met) == (after(30), after(90), True)


def test_only_the_first_arrival_counts():
    facts = story((5, "dispatch", ON_PUMP), (6, "dispatch", ON_PIPE), (40, "arrive", ON_PIPE), (90, "arrive", ON_PUMP))
    assert [reading.stopped_at for reading in runs(facts, C.ARRIVE)] == [after(40)]


def test_stopping_exactly_at_the_deadline_is_in_time_and_a_moment_later_is_not():
    assert last(story((5, "accept")), C.ACKNOWLEDGE).is_met
    assert last(story((5.01, "accept")), C.ACKNOWLEDGE).is_late(after(9999))


def test_a_running_clock_is_late_once_its_deadline_has_passed():
    reading = last(story(), C.ARRIVE)
    assert (reading.due_at, reading.warn_at) == (after(60), after(42))
    assert [reading.state(after(m)) for m in (0, 60, 61)] == [State.RUNNING, State.RUNNING, State.LATE]
    assert (reading.left(after(45)), reading.left(after(75))) == (minutes(15), minutes(-15))


def test_lateness_is_kept_after_the_end():
    reading = last(story((5, "dispatch", ON_PUMP), (70, "arrive", ON_PUMP)), C.ARRIVE)
    assert reading.state(after(99999)) is State.LATE
    assert reading.left(after(99999)) == minutes(-10)


def test_a_clock_without_an_allowance_has_no_deadline_and_no_verdict():
    running = last(story(standard=any_time(complete=60)), C.ARRIVE)
    stopped = last(story((5, "reply"), standard={}), C.COMPLETE)
    for reading in (running, stopped):
        assert reading.state(after(99999)) is State.NOT_SET
        assert reading.left(after(5)) is None
        assert not reading.is_met


def test_working_hours_are_the_sites_and_an_allowance_round_the_clock_does_not_ask_them():
    assert last(story(standard=working(complete=450)), C.COMPLETE).due_at == after(24 * 60)
    assert last(story(standard=any_time(complete=450)), C.COMPLETE).due_at == after(450)


# pauses

DISPATCHED = (5, "dispatch", ON_PUMP)
WAITING = (20, "hold", ON_PUMP | WAITS)


def test_a_pause_moves_the_deadline_by_its_length():
    held = story(DISPATCHED, WAITING)
    paused = last(held, C.ARRIVE)
    assert (paused.state(after(9999)), paused.left(after(9999))) == (State.PAUSED, minutes(40))
    resumed = last(story(DISPATCHED, WAITING, (500, "resume", ON_PUMP)), C.ARRIVE)
    assert (resumed.due_at, resumed.warn_at, resumed.paused) == (after(540), after(522), False)


def test_a_warning_already_given_is_not_moved_by_a_pause():
    resumed = last(story(DISPATCHED, (50, "hold", ON_PUMP | WAITS), (80, "resume", ON_PUMP)), C.ARRIVE)
    assert (resumed.due_at, resumed.warn_at) == (after(90), after(42))


def test_a_pause_over_night_costs_no_working_time():
    facts = story(
        DISPATCHED, (480, "hold", ON_PUMP | WAITS), (24 * 60, "resume", ON_PUMP), standard=working(complete=900)
    )
    reading = last(facts, C.COMPLETE)
    assert OFFICE.working_time(after(0), reading.due_at) == minutes(900) + OFFICE.working_time(after(480), after(1440))


def test_only_arrival_containment_and_completion_wait():
    paused = {r.clock for r in readings(story(DISPATCHED, WAITING), OFFICE) if r.paused}
    assert paused == {C.ARRIVE, C.CONTAIN, C.COMPLETE}


def test_a_reason_that_does_not_stop_the_clock_does_not_pause_it():
    assert not last(story(DISPATCHED, (20, "hold", ON_PUMP)), C.COMPLETE).paused


def test_clocks_wait_only_while_every_open_job_waits():
    both = (DISPATCHED, (6, "dispatch", ON_PIPE), WAITING)
    assert not last(story(*both), C.COMPLETE).paused
    assert last(story(*both, (30, "hold", ON_PIPE | WAITS)), C.COMPLETE).paused
    assert last(story(*both, (30, "complete", ON_PIPE)), C.COMPLETE).paused
    assert not last(story(*both, (30, "hold", ON_PIPE | WAITS), (40, "resume", ON_PIPE)), C.COMPLETE).paused


@pytest.mark.parametrize("action", ["resume", "transfer", "assign", "return", "complete", "cancel_job"])
def test_whatever_ends_the_waiting_ends_the_pause(action):
    reading = last(story(DISPATCHED, WAITING, (50, action, ON_PUMP)), C.COMPLETE)
    assert (reading.paused, reading.due_at) == (False, after(270))


def test_another_job_dispatched_meanwhile_ends_the_pause():
    assert last(story(DISPATCHED, WAITING, (50, "dispatch", ON_PIPE)), C.COMPLETE).due_at == after(270)


def test_work_completed_while_on_hold_is_in_time_if_it_was_when_the_waiting_began():
    reading = last(story(DISPATCHED, WAITING, (9000, "complete", ON_PUMP), (9000, "conclude")), C.COMPLETE)
    assert reading.is_met


def test_a_clock_already_late_is_not_saved_by_a_pause():
    hold, resume = (70, "hold", ON_PUMP | WAITS), (500, "resume", ON_PUMP)
    for facts in (story(DISPATCHED, hold), story(DISPATCHED, hold, resume)):
        late = last(facts, C.ARRIVE)
        assert (late.due_at, late.paused, late.is_late(after(70))) == (after(60), False, True)
    assert last(facts, C.COMPLETE).due_at == after(240 + 430)


def test_a_clock_that_stops_when_only_waiting_jobs_are_left_has_stopped_and_does_not_wait():
    facts = story(DISPATCHED, (6, "dispatch", ON_PIPE), WAITING, (30, "complete", ON_PIPE | {"contained": True}))
    assert (last(facts, C.CONTAIN).paused, last(facts, C.CONTAIN).state(after(9999))) == (False, State.MET)
    assert last(facts, C.COMPLETE).paused


def test_resuming_never_makes_late():
    facts = story(DISPATCHED, (60, "hold", ON_PUMP | WAITS), (500, "resume", ON_PUMP))
    assert not last(facts, C.ARRIVE).is_late(after(500))


# another class


def test_a_longer_allowance_counts_from_the_start_with_the_pauses():
    facts = story(DISPATCHED, WAITING, (30, "resume", ON_PUMP), (40, "reclassify", {"standard": any_time(arrive=100)}))
    assert last(facts, C.ARRIVE).due_at == after(110)


def test_a_shorter_allowance_counts_from_the_change_and_moves_nothing_back():
    shorter = {"standard": any_time(arrive=15, complete=239)}
    facts = story((20, "reclassify", shorter))
    assert last(facts, C.ARRIVE).due_at == after(35)
    assert last(facts, C.COMPLETE).due_at == after(240)


def test_changing_there_and_back_makes_nobody_late():
    there, back = ({"standard": any_time(arrive=count)} for count in (10, 20))
    reading = last(story((55, "reclassify", there), (58, "reclassify", back)), C.ARRIVE)
    assert reading.due_at == after(60)


def test_what_was_late_stays_late_whatever_the_class_becomes():
    facts = story((70, "reclassify", {"standard": any_time(arrive=6000)}))
    assert last(facts, C.ARRIVE).due_at == after(60)


def test_a_pause_survives_a_change_of_class():
    change = (100, "reclassify", {"standard": any_time(arrive=30)})
    facts = story(DISPATCHED, WAITING, change)
    assert last(facts, C.ARRIVE).left(after(9999)) == minutes(30)
    resumed = last(story(DISPATCHED, WAITING, change, (500, "resume", ON_PUMP)), C.ARRIVE)
    assert resumed.due_at == after(530)


def test_a_class_with_a_deadline_sets_one_and_a_class_without_takes_it_away():
    assert last(story((20, "reclassify", {"standard": EVERY_CLOCK}), standard={}), C.ARRIVE).due_at == after(80)
    assert last(story((20, "reclassify", {"standard": {}})), C.ARRIVE).due_at is None


def test_the_new_class_also_holds_for_clocks_that_start_later():
    facts = story((20, "reclassify", {"standard": any_time(follow_up=7)}), (30, "reply"))
    assert last(facts, C.FOLLOW_UP).due_at == after(37)


# deadlines from outside


def test_a_given_deadline_stands_in_for_the_allowance():
    given = {C.COMPLETE: after(33)}
    assert last(story(given_due=given), C.COMPLETE).due_at == after(33)
    assert last(story(given_due=given), C.ARRIVE).due_at == after(60)
    assert last(
        story((5, "reclassify", {"standard": any_time(complete=9)}), given_due=given), C.COMPLETE
    ).due_at == after(33)


def test_a_given_deadline_waits_with_the_work():
    facts = story(DISPATCHED, WAITING, (30, "resume", ON_PUMP), given_due={C.COMPLETE: after(33)})
    assert last(facts, C.COMPLETE).due_at == after(43)


def test_a_given_deadline_before_the_start_is_late_and_not_an_error():
    facts = story(given_due={C.COMPLETE: after(-30)})
    assert last(facts, C.COMPLETE).is_late(after(0))
    assert last(facts, C.COMPLETE).warn_at == after(-30)


def test_a_given_deadline_holds_for_its_round_only():
    facts = story((20, "reply"), (50, "reopen"), given_due={C.COMPLETE: after(33)})
    assert last(facts, C.COMPLETE).due_at == after(290)
    unused = story((20, "reopen"), (50, "conclude"), given_due={C.FOLLOW_UP: after(60)})
    assert last(unused, C.FOLLOW_UP).due_at == after(50 + 1440)


def test_a_given_deadline_holds_for_the_first_run_of_its_clock_only():
    facts = story(DISPATCHED, (10, "send_back"), given_due={C.DISPATCH: after(7)})
    assert [r.due_at for r in runs(facts, C.DISPATCH)] == [after(7), after(20)]


# ends and new beginnings


@pytest.mark.parametrize("action", ["cancel", "merge"])
def test_cancelling_leaves_no_verdict_but_on_what_was_late(action):
    facts = story((20, action))
    assert {r.clock for r in readings(facts, OFFICE) if r.is_late(after(20))} == {C.ACKNOWLEDGE, C.DISPATCH}
    assert all(r.void for r in readings(facts, OFFICE) if not r.is_late(after(20)))
    assert last(facts, C.COMPLETE).state(after(9999)) is State.VOID


def test_cancelling_what_waits_leaves_no_verdict():
    assert last(story(DISPATCHED, WAITING, (900, "cancel")), C.ARRIVE).void


def test_a_request_answered_without_a_job_has_no_arrival():
    assert last(story((4, "reply")), C.ARRIVE).void


def test_work_sent_back_must_be_dispatched_again_while_the_rest_runs_on():
    facts = story(DISPATCHED, (8, "arrive", ON_PUMP), (10, "return", ON_PUMP), (10, "send_back"))
    assert [(r.started_at, r.round) for r in runs(facts, C.DISPATCH)] == [(after(0), 1), (after(10), 1)]
    assert [r.is_met for r in runs(facts, C.ARRIVE)] == [True]
    assert last(facts, C.COMPLETE).due_at == after(240)


def test_reopening_starts_a_round_and_the_old_one_keeps_its_verdicts():
    facts = story((300, "conclude"), (400, "close"), (500, "reopen"))
    first, second = runs(facts, C.COMPLETE)
    assert (first.round, first.state(after(9999))) == (1, State.LATE)
    assert (second.round, second.started_at, second.due_at) == (2, after(500), after(740))
    assert len(runs(facts, C.ACKNOWLEDGE)) == 1


def test_a_hold_of_the_first_round_does_not_pause_the_second():
    facts = story(DISPATCHED, WAITING, (30, "reply"), (40, "reopen"))
    assert not last(facts, C.COMPLETE).paused


def test_a_job_left_open_in_the_first_round_does_not_keep_the_second_running():
    second = ((40, "reopen"), (50, "dispatch", ON_PIPE), (60, "hold", ON_PIPE | WAITS))
    assert last(story(DISPATCHED, (30, "reply"), *second), C.COMPLETE).paused


def test_a_clock_already_running_is_not_started_again():
    assert [r.started_at for r in runs(story((5, "send_back")), C.DISPATCH)] == [after(0)]


# the queue


def test_the_next_clock_is_the_one_due_first():
    assert next_reading(readings(story(), OFFICE)).clock is C.ACKNOWLEDGE
    assert next_reading(readings(story(DISPATCHED), OFFICE)).clock is C.ARRIVE


def test_waiting_clocks_come_after_running_ones():
    assert next_reading(readings(story(DISPATCHED, WAITING), OFFICE)).clock is C.REPLY
    assert next_reading(readings(story(DISPATCHED, WAITING, standard=any_time(arrive=60)), OFFICE)).paused


def test_nothing_comes_next_when_nothing_is_due():
    assert next_reading(readings(story((1, "cancel")), OFFICE)) is None
    assert next_reading(readings(story(standard={}), OFFICE)) is None


def test_the_order_of_arrival_does_not_matter():
    facts = story(DISPATCHED, WAITING, (50, "resume", ON_PUMP), (50, "arrive", ON_PUMP))
    assert len({readings(order, OFFICE) for order in permutations(facts)}) == 1


def test_each_promise_runs_by_itself_until_the_resident_has_what_was_promised():
    facts = story(
        (10, "promise", {"promised_for": after(60)}), (20, "promise", {"promised_for": after(200)}),
        (100, "conclude"), (110, "close"),
    )  # fmt: skip
    first, second = runs(facts, C.PROMISE)
    assert (first.due_at, first.warn_at, first.state(after(300))) == (after(60), after(45), State.LATE)
    assert (second.due_at, second.stopped_at, second.is_met) == (after(200), after(100), True)


def test_a_promise_waits_for_nobody_and_is_not_forgotten_when_the_request_is_reopened():
    facts = story(
        (10, "dispatch", ON_PUMP), (20, "hold", ON_PUMP | WAITS), (30, "promise", {"promised_for": after(90)}),
        (40, "reply"), (50, "promise", {"promised_for": after(80)}), (60, "reopen"),
    )  # fmt: skip
    kept, open_one = runs(facts, C.PROMISE)
    assert kept.is_met and open_one.state(after(70)) is State.RUNNING and open_one.state(after(81)) is State.LATE


@pytest.mark.parametrize("end", ["cancel", "merge"])
def test_who_wants_nothing_any_more_is_owed_no_promise(end):
    facts = story((10, "promise", {"promised_for": after(60)}), (20, end))
    assert last(facts, C.PROMISE).void
    late = story((10, "promise", {"promised_for": after(60)}), (61, end))
    assert last(late, C.PROMISE).is_late(after(99))
