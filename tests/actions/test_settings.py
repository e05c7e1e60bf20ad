"""Deadlines and working hours change from a moment on; what was decided before stays."""

from datetime import date, time, timedelta

import pytest
import time_machine

from actions import calendars as calendar_actions
from actions.clocks import recount_stale_sites
from actions.service_standards import set_standard, withdraw
from domain.errors import Invalid
from domain.readings import next_reading
from domain.service_classes import ServiceClass
from domain.standards import Allowance, Clock
from extensions import db
from models import ServiceRequest, Site
from queries import clocks
from queries.service_standards import Scope
from tests.factories import fresh, registered

QUICK = {Clock.ACKNOWLEDGE: Allowance(3, round_the_clock=True)}
SUNDAY_TOO = (((time(8), time(20)),),) * 7


def due(service_request):
    return next_reading(clocks.of_service_request(fresh(service_request))).due_at - service_request.registered_at


def set_quick(cast, scope, *, standard=QUICK, **more):
    options = {"follow_up_share": 100, "valid_from": None, "by": cast.administrator} | more
    return set_standard(scope, ServiceClass.MINOR, standard, **options)


@pytest.mark.parametrize("narrow", ["company", "site", "category"])
def test_a_new_deadline_is_for_new_requests_only(cast, narrow):
    scope = {
        "company": Scope(), "site": Scope(site_id=cast.site.id), "category": Scope(category_id=cast.dripping_tap.id),
    }[narrow]  # fmt: skip
    with time_machine.travel("2026-03-04T02:00:00Z") as clock:
        old = registered(cast)
        before = due(old)
        clock.shift(timedelta(minutes=1))
        row = set_quick(cast, scope)
        clock.shift(timedelta(minutes=1))
        assert due(old) == before == timedelta(minutes=30)
        new = registered(cast)
        assert due(new) == timedelta(minutes=3)
        if narrow != "company":
            withdraw(row.id, by=cast.administrator)
            assert due(registered(cast)) == timedelta(minutes=30)
            assert due(new) == timedelta(minutes=3)


def test_the_standard_of_a_fault_goes_before_its_groups_and_its_trades_whichever_is_newer(cast):
    with time_machine.travel("2026-03-04T02:00:00Z") as clock:
        for minutes, category in ((3, cast.dripping_tap), (5, cast.leaks), (7, cast.plumbing)):
            standard = {Clock.ACKNOWLEDGE: Allowance(minutes, round_the_clock=True)}
            set_quick(cast, Scope(category_id=category.id), standard=standard)
            clock.shift(timedelta(minutes=1))
        minor = {"service_class": "minor"}
        assert due(registered(cast)) == timedelta(minutes=3)
        assert due(registered(cast, category_id=str(cast.burst_pipe.id), **minor)) == timedelta(minutes=5)
        assert due(registered(cast, category_id=str(cast.plumbing.id), **minor)) == timedelta(minutes=7)
        assert due(registered(cast, category_id=str(cast.noise.id), **minor)) == timedelta(minutes=30)


def test_a_standard_can_wait_for_its_day_and_cannot_begin_in_the_past(cast):
    with time_machine.travel("2026-03-04T02:00:00Z") as clock:
        moment = clock.shift(timedelta(0)) or fresh(registered(cast)).registered_at
        set_quick(cast, Scope(), valid_from=moment + timedelta(days=1))
        assert due(registered(cast)) == timedelta(minutes=30)
        clock.shift(timedelta(days=1, minutes=1))
        assert due(registered(cast)) == timedelta(minutes=3)
        with pytest.raises(Invalid):
            set_quick(cast, Scope(), valid_from=moment)


def test_new_hours_move_the_deadlines_of_open_requests(cast):
    with time_machine.travel("2026-03-06T09:20:00Z") as clock:  # Friday, ten minutes before the office closes
        service_request = registered(cast)
        before = db.session.get_one(ServiceRequest, service_request.id).next_due_at
        clock.shift(timedelta(minutes=1))
        site = db.session.get_one(Site, cast.site.id)
        calendar_actions.set_week(site, SUNDAY_TOO, date(2026, 3, 7), by=cast.administrator)
        recount_stale_sites()
        after = db.session.get_one(ServiceRequest, service_request.id, populate_existing=True).next_due_at
        assert before.date() == date(2026, 3, 9)
        assert after.date() == date(2026, 3, 7)
        assert db.session.get_one(Site, cast.site.id, populate_existing=True).clocks_stale_since is None


def test_a_holiday_of_one_site_is_no_holiday_elsewhere(cast):
    with time_machine.travel("2026-03-06T09:20:00Z"):
        site = db.session.get_one(Site, cast.site.id)
        here, there = registered(cast), due_elsewhere(cast)
        day = {"is_working": False, "name": "停电", "everywhere": False}
        calendar_actions.set_day(site, date(2026, 3, 9), by=cast.administrator, **day)
        recount_stale_sites()
        assert fresh(here).next_due_at.date() == date(2026, 3, 10)
        assert fresh(there).next_due_at.date() == date(2026, 3, 9)


def due_elsewhere(cast):
    cast.elsewhere.dripping_tap = cast.dripping_tap
    return registered(cast.elsewhere)


def test_hours_that_have_passed_are_not_rewritten(cast):
    site = db.session.get_one(Site, cast.site.id)
    with time_machine.travel("2026-03-06T09:20:00Z"), pytest.raises(Invalid):
        calendar_actions.set_week(site, SUNDAY_TOO, date(2026, 3, 5), by=cast.administrator)
