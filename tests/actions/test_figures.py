"""Daily figures: what is read from them is what is counted from scratch, whatever happened since."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest
import time_machine
from sqlalchemy import select

from actions import figures
from domain.days import local_day
from domain.kinds import Kind
from domain.periods import Period
from extensions import db
from models import DailyFigure, FigureDay
from queries import daily_figures
from queries import figures as figures_read
from queries.figure_scope import scope_of
from tests.factories import do, registered
from tests.lives import live

NOW = datetime(2026, 3, 20, 4, 30, tzinfo=UTC)
TODAY = local_day(NOW)
PERIODS = (Period(TODAY - timedelta(days=8), TODAY), Period(TODAY - timedelta(days=40), TODAY - timedelta(days=3)))


@pytest.fixture
def past(cast, scenes):
    """Random lives of the last twelve days, with the figures of every day but today's."""

    def tell():
        live(cast, Random(11), 20, until=NOW)
        figures.rebuild_figures()

    with time_machine.travel(NOW, tick=False) as traveller:
        scenes.begin("lives with their figures", tell)
        yield cast, traveller


def plain(found):
    """Figures as they can be compared; the lengths of steps are about right and compared apart."""
    lines = {by: {key: dict(counts) for key, counts in keyed.items()} for by, keyed in found.lines.items()}
    return dict(found.whole), dict(found.before), lines, found.open_now


def assert_true(viewer, now):
    """Whatever is read is what is counted from scratch."""
    for period in PERIODS:
        scope = scope_of(viewer, period, {})
        read, counted = figures_read.of(scope, now), figures_read.counted(scope, now)
        assert plain(read) == plain(counted)
        assert {clock: length.count for clock, length in read.steps.items()} == {
            clock: length.count for clock, length in counted.steps.items()
        }
        for clock, length in counted.steps.items():
            for name in ("median", "nine_tenths"):
                right = getattr(length, name)
                assert abs(getattr(read.steps[clock], name) - right) <= max(1, 0.05 * right)


def days_counted_live(viewer, now):
    scope = scope_of(viewer, PERIODS[0], {})
    return {day for _site, day in daily_figures.kept(scope, now).live if day >= PERIODS[0].since}


def test_what_is_read_is_what_is_counted(past):
    cast, _traveller = past
    assert db.session.scalar(select(DailyFigure.received).limit(1))
    assert days_counted_live(cast.agent, NOW) == {TODAY}
    for viewer in (cast.agent, cast.quality, cast.head, cast.elsewhere.director):
        assert_true(viewer, NOW)


def test_what_happens_to_an_old_request_is_seen_at_once_and_kept_by_the_worker(past):
    cast, _traveller = past
    late = registered(cast, happened_at=NOW - timedelta(days=4))
    day = local_day(late.registered_at)
    assert days_counted_live(cast.agent, NOW) == {day, TODAY}
    assert_true(cast.agent, NOW)
    figures.rebuild_figures()
    assert days_counted_live(cast.agent, NOW) == {TODAY}
    assert_true(cast.agent, NOW)
    do("accept", late, cast.agent)
    do("correct", late, cast.agent, corrected={"kind": Kind.COMPLAINT, "category_id": str(cast.noise.id)})
    assert days_counted_live(cast.agent, NOW) == {day, TODAY}
    assert_true(cast.quality, NOW)


def test_a_day_no_longer_holds_when_one_of_its_clocks_has_run_out(past):
    cast, traveller = past
    registered(cast, happened_at=NOW - timedelta(days=2))
    figures.rebuild_figures()
    for days in (1, 3, 20):
        later = NOW + timedelta(days=days)
        traveller.move_to(later)
        assert_true(cast.quality, later)
    figures.rebuild_figures()
    assert_true(cast.quality, NOW + timedelta(days=20))


def test_rebuilding_twice_changes_nothing_and_an_empty_day_has_no_rows(past):
    cast, _traveller = past
    rows = select(DailyFigure).order_by(DailyFigure.site_id, DailyFigure.day, DailyFigure.by, DailyFigure.key)

    def kept():
        return [
            {c.name: getattr(row, c.name) for c in DailyFigure.__table__.columns} for row in db.session.scalars(rows)
        ]

    before = kept()
    for site_id, day in db.session.execute(select(FigureDay.site_id, FigureDay.day)).all():
        figures.rebuild(day, site_id)
    assert kept() == before
    figures.rebuild(TODAY - timedelta(days=100), cast.site.id)
    assert kept() == before


def test_nightly_the_last_ten_days_are_counted_anew(past):
    cast, _traveller = past
    figures.rebuild_recent()
    assert len(days_counted_live(cast.agent, NOW)) > 1
    figures.rebuild_figures()
    assert days_counted_live(cast.agent, NOW) == {TODAY}


def test_figures_filtered_more_narrowly_are_counted_live(past):
    cast, _traveller = past
    scope = scope_of(cast.agent, PERIODS[0], {"kind": Kind.REPAIR})
    assert not daily_figures.are_kept(scope)
    assert daily_figures.are_kept(replace(scope, filters={"site": cast.site.id}))
    assert plain(figures_read.of(scope, NOW)) == plain(figures_read.counted(scope, NOW))
