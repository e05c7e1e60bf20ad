"""Figures: every number is exactly as long as its list, and the lines of a breakdown make the whole."""

from datetime import UTC, date, datetime, timedelta
from random import Random

import pytest
import time_machine

from domain.days import local_day
from domain.errors import NotFound
from domain.kinds import Kind
from domain.measures import BREAKDOWN, MEASURES, RATES, Source
from domain.periods import Period
from domain.standards import Clock
from extensions import db
from queries import durations, figure_lists, figures, statistics
from queries.breakdowns import ALL_LINES, BREAKDOWNS
from queries.figure_scope import scope_of
from queries.local_time import shifts_of
from queries.measures import CONDITIONS
from tests.factories import completed, do, registered
from tests.lives import live

NOW = datetime(2026, 3, 20, 4, 30, tzinfo=UTC)
TODAY = local_day(NOW)
ENDS = ("met", "late", "open", "no_deadline", "void")
PERIOD = Period(TODAY - timedelta(days=8), TODAY)


@pytest.fixture
def past(cast, scenes):
    """Two dozen random lives, and the moment stands still."""
    with time_machine.travel(NOW, tick=False):
        scenes.begin("two dozen lives", lambda: live(cast, Random(7), 24, until=NOW))
        yield cast


def listed(scope, measure, **line):
    """The rows of the list behind a number."""
    asked = figure_lists.behind(scope, measure, now=NOW, **line)
    return list(figure_lists.all_lines(asked, MEASURES[measure].source))


def test_promises_are_counted_made_kept_and_broken(cast):
    with time_machine.travel(NOW, tick=False) as traveller:
        kept, broken, open_one = (registered(cast) for _ in range(3))
        for one in (kept, broken, open_one):
            hours = 48 if one is open_one else 2
            do("promise", one, cast.agent, words="回电", due_at=(NOW + timedelta(hours=hours)).isoformat())
        do("reply", kept, cast.agent, words="已答复")
        traveller.shift(timedelta(hours=3))
        scope = scope_of(cast.agent, PERIOD, {})
        later = NOW + timedelta(hours=3)
        (counts,) = statistics.wholes([scope], later)
        ends = {end: counts[f"promise_{end}"] for end in ENDS}
        assert ends == {"met": 1, "late": 1, "open": 1, "no_deadline": 0, "void": 0}
        (row,) = figure_lists.all_lines(figure_lists.behind(scope, "promise_late", now=later), Source.RUNS)
        assert row.id == broken.id


def test_every_measure_has_a_definition_and_a_condition():
    assert set(CONDITIONS) == set(MEASURES)
    assert all(measure.meaning and measure.label for measure in MEASURES.values())
    assert all({*rate.parts, *rate.wholes} <= set(MEASURES) for rate in RATES.values())


@pytest.mark.parametrize("who", ["agent", "head", "quality", "site_director", "technician", "elsewhere"])
def test_every_number_is_as_long_as_its_list(past, who):
    viewer = past.elsewhere.director if who == "elsewhere" else getattr(past, who)
    for filters in ({}, {"kind": Kind.REPAIR}, {"category": past.plumbing.id}, {"department": past.engineering.id}):
        scope = scope_of(viewer, PERIOD, filters)
        (counts,) = statistics.wholes([scope], NOW)
        assert counts == {name: len(listed(scope, name)) for name in MEASURES}, filters
    (everything,) = statistics.wholes([scope_of(viewer, PERIOD, {})], NOW)
    assert everything["received"]


@pytest.mark.parametrize("who", ["agent", "head", "quality"])
@pytest.mark.parametrize("branch", [None, "plumbing", "leaks"])
def test_every_line_of_a_breakdown_is_as_long_as_its_list_and_the_lines_make_the_whole(past, who, branch):
    filters = {"category": getattr(past, branch).id} if branch else {}
    scope = scope_of(getattr(past, who), PERIOD, filters)
    (counts,) = statistics.wholes([scope], NOW)
    lines = statistics.lines(scope, NOW)
    assert set(lines) == set(ALL_LINES)
    for by, keyed in lines.items():
        for key, numbers in keyed.items():
            for name in ("received", "completed", "complete_late", "verdict_satisfied"):
                assert numbers[name] == len(listed(scope, name, by=by, key=key)), (by, key, name)
        if by in BREAKDOWNS:
            for name in BREAKDOWN:
                assert sum(numbers[name] for numbers in keyed.values()) == counts[name], (by, name)


def test_what_was_received_and_every_run_of_a_clock_has_exactly_one_place(past):
    (counts,) = statistics.wholes([scope_of(past.quality, PERIOD, {})], NOW)
    places = ("unsolved", "to_call_back", "closed", "cancelled", "merged")
    assert counts["received"] == sum(counts[name] for name in places)
    assert counts["to_be_called"] == sum(
        counts[name] for name in ("reached", "no_answer", "not_called", "closed_without_call")
    )
    assert counts["calls_reached"] == sum(counts[name] for name in RATES["satisfaction_rate"].wholes)
    scope = scope_of(past.quality, PERIOD, {})
    for clock in Clock:
        runs = [(line.id, line.own_key) for end in ENDS for line in listed(scope, f"{clock}_{end}")]
        assert len(runs) == len(set(runs)) == sum(counts[f"{clock}_{end}"] for end in ENDS)


def test_a_run_is_late_exactly_when_its_reading_says_so(past):
    scope = scope_of(past.quality, PERIOD, {})
    for clock in Clock:
        for end, late in (("late", True), ("met", False), ("open", False), ("no_deadline", False)):
            assert all(line.reading.is_late(NOW) is late for line in listed(scope, f"{clock}_{end}")), (clock, end)


def test_a_clock_that_runs_past_its_deadline_becomes_late_without_anything_happening(cast):
    with time_machine.travel(NOW, tick=False):
        registered(cast)
    scope = scope_of(cast.agent, PERIOD, {})
    before, after = (statistics.wholes([scope], NOW + timedelta(days=days))[0] for days in (0, 30))
    assert (before["complete_open"], before["complete_late"]) == (1, 0)
    assert (after["complete_open"], after["complete_late"]) == (0, 1)


def test_a_period_is_of_local_days(cast):
    with time_machine.travel(NOW, tick=False):
        registered(cast, happened_at=datetime(2026, 3, 1, 15, 59, tzinfo=UTC))
        registered(cast, happened_at=datetime(2026, 3, 1, 16, 0, tzinfo=UTC))
        day = Period(date(2026, 3, 2), date(2026, 3, 2))
        scope = scope_of(cast.agent, day, {})
        lines = statistics.lines(scope, NOW)
    assert statistics.wholes([scope], NOW)[0]["received"] == 1
    assert list(lines["day"]) == ["2026-03-02"]
    assert list(lines["hour"]) == ["0"]  # Monday, the first hour


def test_a_call_that_sends_the_work_back_still_counts_for_satisfaction(cast):
    with time_machine.travel(NOW, tick=False):
        leak = completed(cast)
        do("reopen", leak, cast.agent, verdict="unsatisfied", reasons=[], words="还在漏")
        (counts,) = statistics.wholes([scope_of(cast.agent, PERIOD, {})], NOW)
    assert counts["verdict_unsatisfied"] == 1 and counts["reached"] == 0
    assert RATES["satisfaction_rate"].of(counts) == 0.0
    assert RATES["rework_rate"].of(counts) == 100.0


def test_a_rate_of_nothing_is_no_rate(cast):
    (counts,) = statistics.wholes([scope_of(cast.agent, PERIOD, {})], NOW)
    assert {rate.of(counts) for rate in RATES.values()} == {None}
    assert {rate.is_met(None) for rate in RATES.values()} == {None}


def test_median_and_nine_tenths_are_those_of_the_list(past):
    scope = scope_of(past.quality, PERIOD, {})
    found = durations.of_steps(scope)
    for clock in (Clock.ACKNOWLEDGE, Clock.COMPLETE):
        rows = listed(scope, f"{clock}_stopped")
        lengths = sorted(int(row.stopped_at.timestamp()) - int(row.started_at.timestamp()) for row in rows)
        rank = -(-9 * len(lengths) // 10)
        assert found[clock].count == len(lengths)
        assert found[clock].median == lengths[(len(lengths) + 1) // 2 - 1]
        assert found[clock].nine_tenths == lengths[rank - 1]


@pytest.mark.parametrize("measure", ["received", "acknowledge_stopped", "calls_reached", "outcome_fixed"])
def test_paging_through_a_list_meets_every_row_once(past, measure, monkeypatch):
    monkeypatch.setattr(figure_lists, "PAGE", 3)
    scope, source = scope_of(past.quality, PERIOD, {}), MEASURES[measure].source
    asked, met, after = figure_lists.behind(scope, measure, now=NOW), [], None
    while True:
        page = figure_lists.page(asked, source, after=after)
        met += [(line.id, line.own_key) for line in page.lines]
        if not (after := page.after):
            break
    assert len(met) == len(set(met)) == page.total == statistics.wholes([scope], NOW)[0][measure] > 0


def test_a_key_nobody_gave_out_finds_nothing(cast):
    asked = figure_lists.behind(scope_of(cast.quality, PERIOD, {}), "received", now=NOW)
    for key in ("x", "1_2_3", "20260101T000000.000000_x_y"):
        with pytest.raises(NotFound):
            figure_lists.page(asked, Source.REQUESTS, after=key)


def test_a_wall_clock_may_change_its_shift_within_a_period():
    spring = Period(date(2026, 3, 27), date(2026, 3, 31))
    (until, winter), (_, summer) = shifts_of("Europe/Berlin", spring)
    assert (until, winter, summer) == (datetime(2026, 3, 29, 1, tzinfo=UTC), 3600, 7200)
    assert [seconds for _until, seconds in shifts_of("Asia/Shanghai", spring)] == [8 * 3600]


def test_figures_of_a_page_are_a_handful_of_statements(past, queries_run):
    scope = scope_of(past.quality, PERIOD, {})
    db.session.rollback()
    queries_run.clear()
    figures.counted(scope, NOW)
    assert len(queries_run) == 2
