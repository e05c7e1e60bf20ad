"""What was decided stays decided, for any history hypothesis can think of."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from domain import lifecycle
from domain.clocks import Clock, Fact, readings
from tests.domain.stories import EVERY_CLOCK, OFFICE, PIPE, PUMP, C, after, any_time, minutes, working

REQUEST_ACTIONS = [name for name in lifecycle.REQUEST_ACTIONS if name not in ("register", "dispatch")]
JOB_ACTIONS = list(lifecycle.JOB_ACTIONS)
STANDARDS = st.sampled_from(
    [
        {},
        EVERY_CLOCK,
        any_time(**dict.fromkeys(Clock, 45)),
        working(**dict.fromkeys(Clock, 45)),
        working(acknowledge=5, dispatch=30, arrive=450, complete=1350, follow_up=900) | any_time(reply=1440),
        working(arrive=7, contain=7, complete=90),
    ]
)
MINUTES = st.integers(0, 60) | st.integers(0, 5 * 24 * 60)


@st.composite
def any_fact(draw):
    action = draw(st.sampled_from(["dispatch", *JOB_ACTIONS, *REQUEST_ACTIONS]))
    return Fact(
        action,
        after(draw(MINUTES)),
        0,
        job_id=None if action in REQUEST_ACTIONS else draw(st.sampled_from([PUMP, PIPE])),
        stops_clock=action == "hold" and draw(st.booleans()),
        given_due={C.COMPLETE: after(draw(MINUTES))} if action == "reopen" and draw(st.booleans()) else {},
        contained=action == "complete" and draw(st.booleans()),
        tells_resident=action in ("promise", "annotate"),
        by_centre=draw(st.booleans()),
    )


# What moves deadlines is told more often than it happens, so that every history has some of it.
WAITING_AND_GOING_ON = st.builds(
    Fact,
    st.sampled_from(["hold", "hold", "resume", "dispatch"]),
    MINUTES.map(after),
    st.just(0),
    job_id=st.sampled_from([PUMP, PUMP, PIPE]),
    stops_clock=st.just(True),
)
CHANGES_OF_CLASS = st.builds(Fact, st.just("reclassify"), MINUTES.map(after), st.just(0), standard=STANDARDS)


@st.composite
def histories(draw):
    """A registration, a job at once, and up to fourteen further facts, in the order in which they happened."""
    given_due = draw(st.dictionaries(st.sampled_from(Clock), MINUTES.map(after), max_size=2))
    first = Fact("register", after(0), 0, standard=draw(STANDARDS), given_due=given_due)
    rest = draw(st.lists(any_fact() | WAITING_AND_GOING_ON | CHANGES_OF_CLASS, max_size=14))
    rest = [Fact("dispatch", after(0), 0, job_id=PUMP), *sorted(rest, key=lambda fact: fact.happened_at)]
    return [first, *(replace(fact, sequence=number) for number, fact in enumerate(rest, 1))]


def cuts(history):
    """Each moment of a history: what was known before a fact, and with it."""
    for length in range(1, len(history)):
        before, now = history[:length], history[length].happened_at
        yield readings(before, OFFICE), readings(history[: length + 1], OFFICE), now


@given(histories(), st.randoms(use_true_random=False))
def test_facts_may_arrive_in_any_order(history, random):
    expected = readings(history, OFFICE)
    random.shuffle(history)
    assert readings(history, OFFICE) == expected


@given(histories())
def test_reading_twice_shows_the_same(history):
    assert readings(history, OFFICE) == readings(iter(history), OFFICE)


@given(histories())
def test_later_facts_never_touch_a_clock_that_has_stopped(history):
    for before, with_it, _ in cuts(history):
        for earlier, later in zip(before, with_it, strict=False):
            if earlier.stopped_at is not None:
                assert later == earlier


@given(histories())
def test_what_was_late_stays_late_with_the_same_deadline(history):
    for before, with_it, now in cuts(history):
        for earlier, later in zip(before, with_it, strict=False):
            if earlier.is_late(now):
                assert later.is_late(now + minutes(1))
                assert later.due_at == earlier.due_at


@given(histories())
def test_nothing_that_happens_makes_late_what_was_not(history):
    for before, with_it, now in cuts(history):
        for earlier, later in zip(before, with_it, strict=False):
            if not earlier.is_late(now):
                assert not later.is_late(now)


@given(histories())
def test_a_clock_that_has_started_is_never_forgotten(history):
    for before, with_it, _ in cuts(history):
        started = [[(r.clock, r.round, r.started_at) for r in seen] for seen in (before, with_it)]
        assert started[1][: len(before)] == started[0]


@given(histories())
def test_no_clock_runs_twice_at_once(history):
    running = [reading.clock for reading in readings(history, OFFICE) if reading.stopped_at is None]
    assert len(running) == len(set(running))


@given(histories())
def test_a_deadline_is_always_used_up_by_working_time_and_pauses_alone(history):
    plain = [replace(fact, given_due={}) for fact in history if fact.action not in ("reclassify", "reopen")]
    standard = history[0].standard
    for reading in readings(plain, OFFICE):
        if reading.due_at and not standard[reading.clock].round_the_clock:
            assert OFFICE.working_time(reading.started_at, reading.due_at) >= standard[reading.clock].length


@given(histories(), MINUTES, MINUTES)
def test_a_pause_after_the_stop_changes_nothing(history, minute, length):
    held, resumed = (after(minute) + minutes(extra) for extra in (0, length))
    pause = [
        Fact("hold", held, 1000, job_id=PUMP, stops_clock=True),
        Fact("resume", resumed, 1001, job_id=PUMP),
    ]
    for plain, paused in zip(readings(history, OFFICE), readings(history + pause, OFFICE), strict=True):
        if plain.stopped_at is not None and plain.stopped_at < held:
            assert paused == plain


@given(STANDARDS, MINUTES, MINUTES)
def test_a_pause_gives_back_exactly_its_own_working_time(standard, minute, length):
    held, resumed = (after(minute) + minutes(extra) for extra in (0, length))
    story = [Fact("register", after(0), 0, standard=standard), Fact("dispatch", after(0), 1, job_id=PUMP)]
    pause = [Fact("hold", held, 2, job_id=PUMP, stops_clock=True), Fact("resume", resumed, 3, job_id=PUMP)]
    for plain, paused in zip(readings(story, OFFICE), readings(story + pause, OFFICE), strict=True):
        waits = plain.clock in (C.ARRIVE, C.CONTAIN, C.COMPLETE) and not plain.is_late(held)
        if not waits or plain.due_at is None:
            assert paused == plain
        elif standard[plain.clock].round_the_clock:
            assert paused.due_at - plain.due_at == resumed - held
        else:
            given_back = OFFICE.working_time(plain.due_at, paused.due_at)
            assert given_back == OFFICE.working_time(held, resumed)


@given(histories())
def test_a_warning_never_comes_after_its_deadline(history):
    for reading in readings(history, OFFICE):
        assert (reading.warn_at is None) == (reading.due_at is None)
        assert reading.due_at is None or reading.warn_at <= reading.due_at


@given(histories(), MINUTES)
def test_a_reading_is_never_both_met_and_late(history, minute):
    for reading in readings(history, OFFICE):
        now = after(minute)
        assert not (reading.is_met and reading.is_late(now))
        assert not (reading.void and (reading.is_met or reading.is_late(now)))
