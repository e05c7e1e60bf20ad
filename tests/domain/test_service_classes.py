"""The default deadlines, checked against the published table."""

from datetime import UTC, datetime

import pytest

from domain.calendars import WorkingCalendar
from domain.clocks import Allowance, Clock, Fact, readings
from domain.service_classes import DEFAULTS, WORKING_DAY, ServiceClass

K, C = ServiceClass, Clock


def test_every_class_has_defaults():
    assert set(DEFAULTS) == set(ServiceClass)


@pytest.mark.parametrize("service_class", ServiceClass)
def test_every_class_is_acknowledged_and_completed_within_a_deadline(service_class):
    assert {C.ACKNOWLEDGE, C.COMPLETE} <= set(DEFAULTS[service_class].standard)


@pytest.mark.parametrize("service_class", ServiceClass)
def test_a_class_has_a_follow_up_clock_exactly_when_somebody_is_called(service_class):
    defaults = DEFAULTS[service_class]
    assert (C.FOLLOW_UP in defaults.standard) == (defaults.follow_up_percent > 0)


@pytest.mark.parametrize("service_class", [K.EMERGENCY, K.URGENT, K.SERIOUS_COMPLAINT])
def test_what_cannot_wait_runs_round_the_clock(service_class):
    assert all(allowance.round_the_clock for allowance in DEFAULTS[service_class].standard.values())


def test_a_general_complaint_is_answered_within_a_day_round_the_clock_and_the_rest_in_working_hours():
    standard = DEFAULTS[K.COMPLAINT].standard
    assert standard[C.REPLY] == Allowance(24 * 60, round_the_clock=True)
    assert not any(allowance.round_the_clock for clock, allowance in standard.items() if clock is not C.REPLY)


def test_an_urgent_repair_arrives_in_fifteen_minutes_and_warns_after_ten():
    heard = datetime(2026, 3, 1, 3, tzinfo=UTC)
    fact = Fact("register", heard, 1, standard=DEFAULTS[K.URGENT].standard)
    arrival = next(r for r in readings([fact], WorkingCalendar()) if r.clock is C.ARRIVE)
    assert (arrival.due_at, arrival.warn_at) == (heard.replace(minute=15), heard.replace(minute=10))


def test_every_other_clock_warns_at_seventy_percent():
    warned = {
        (service_class, clock): allowance.warn_percent
        for service_class, defaults in DEFAULTS.items()
        for clock, allowance in defaults.standard.items()
        if allowance.warn_percent != 70
    }
    assert warned == {(K.URGENT, C.ARRIVE): 67}


def test_the_shares_to_be_called_back_are_the_published_ones():
    shares = {service_class: defaults.follow_up_percent for service_class, defaults in DEFAULTS.items()}
    sampled = {service_class: share for service_class, share in shares.items() if share < 100}
    assert sampled == {K.MINOR: 30, K.ENVIRONMENT: 10, K.ENQUIRY: 0, K.SUGGESTION: 0}


def test_a_working_day_of_the_table_is_a_day_of_the_default_calendar():
    monday, tuesday = datetime(2026, 3, 1, 16, tzinfo=UTC), datetime(2026, 3, 2, 16, tzinfo=UTC)
    assert WorkingCalendar().working_time(monday, tuesday).total_seconds() == WORKING_DAY * 60


def test_the_defaults_cannot_be_changed_by_accident():
    with pytest.raises(TypeError):
        DEFAULTS[K.MINOR].standard[C.ARRIVE] = Allowance(1, round_the_clock=True)


@pytest.mark.parametrize(("minutes", "percent"), [(0, 70), (-5, 70), (10, 0), (10, 101)])
def test_an_allowance_that_makes_no_sense_is_refused(minutes, percent):
    with pytest.raises(ValueError, match=r"allowance|warning"):
        Allowance(minutes, round_the_clock=True, warn_percent=percent)
