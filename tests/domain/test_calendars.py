"""Working time between two moments, on examples and on whatever hypothesis comes up with."""

import operator
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendars import ROUND_THE_CLOCK, NoWorkingTime, WorkingCalendar

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YEAR_2026 = frozenset(date(2026, 2, day) for day in range(16, 24))
OFFICE = WorkingCalendar(holidays=NEW_YEAR_2026, make_up_days=frozenset({date(2026, 2, 14), date(2026, 2, 28)}))
ALL_DAY = ((time(0), time(0)),)
SATURDAY_MORNING_ONLY = WorkingCalendar(week=((),) * 5 + (((time(9), time(12)),), ()))
NIGHT_DESK = WorkingCalendar(week=(((time(0), time(6)), (time(22), time(0))),) * 7)
NEW_YORK_NIGHTS = WorkingCalendar(
    zone="America/New_York", week=(((time(0, 30), time(2, 45)), (time(3), time(4)), (time(22), time(0))),) * 7
)
SAMOA = WorkingCalendar(zone="Pacific/Apia", week=(((time(8), time(16)),),) * 7)  # had no 30 December 2011
LORD_HOWE = WorkingCalendar(zone="Australia/Lord_Howe", week=(ALL_DAY,) * 7)  # moves by half an hour
CALENDARS = st.sampled_from(
    [OFFICE, SATURDAY_MORNING_ONLY, NIGHT_DESK, NEW_YORK_NIGHTS, SAMOA, LORD_HOWE, WorkingCalendar()]
)
FIRST_OF_2011, FIRST_OF_2026 = datetime(2011, 9, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
# Both years hold changes of the clocks in every zone above that has them; the first also holds Samoa's missing day.
MOMENTS = st.builds(
    operator.add,
    st.sampled_from([FIRST_OF_2011, FIRST_OF_2026]),
    st.timedeltas(timedelta(0), timedelta(days=365)),
)
NEARBY = st.timedeltas(timedelta(0), timedelta(days=40))
ALLOWANCES = st.timedeltas(timedelta(0), timedelta(days=9))


def at(text: str) -> datetime:
    """A moment on the wall clock of Shanghai."""
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


def hours(count: float) -> timedelta:
    return timedelta(hours=count)


def test_a_working_day_lasts_seven_and_a_half_hours():
    assert OFFICE.working_time(at("2026-03-02 00:00"), at("2026-03-03 00:00")) == hours(7.5)


def test_lunch_does_not_count():
    assert OFFICE.working_time(at("2026-03-02 11:30"), at("2026-03-02 14:00")) == hours(1)
    assert OFFICE.add(at("2026-03-02 11:45"), hours(0.5)) == at("2026-03-02 13:45")


def test_an_allowance_used_up_at_closing_time_is_not_due_the_next_morning():
    assert OFFICE.add(at("2026-03-02 16:30"), hours(1)) == at("2026-03-02 17:30")


def test_friday_evening_goes_on_on_monday_morning():
    assert OFFICE.add(at("2026-03-06 17:00"), hours(1)) == at("2026-03-09 09:00")


def test_nobody_works_during_spring_festival_but_on_the_make_up_saturdays():
    assert OFFICE.working_time(at("2026-02-16 00:00"), at("2026-02-24 00:00")) == hours(0)
    assert OFFICE.working_time(at("2026-02-28 00:00"), at("2026-03-01 00:00")) == hours(7.5)
    assert OFFICE.add(at("2026-02-14 17:00"), hours(1)) == at("2026-02-24 09:00")


def test_a_moment_is_working_from_the_first_of_a_span_until_before_its_last():
    assert OFFICE.is_working(at("2026-03-02 08:30"))
    assert not OFFICE.is_working(at("2026-03-02 12:00"))
    assert not OFFICE.is_working(at("2026-02-17 10:00"))
    assert OFFICE.is_working(at("2026-02-14 10:00"))
    assert ROUND_THE_CLOCK.is_working(at("2026-02-17 03:00"))


def test_a_night_until_midnight_joins_the_morning_after_it():
    assert NIGHT_DESK.add(at("2026-03-02 22:00"), hours(3)) == at("2026-03-03 01:00")


def test_the_night_the_clocks_go_forward_is_an_hour_shorter_and_back_an_hour_longer():
    new_york = ZoneInfo("America/New_York")
    all_day = WorkingCalendar(zone="America/New_York", week=(ALL_DAY,) * 7)
    midnights = [datetime(2026, month, day, tzinfo=new_york) for month, day in [(3, 8), (3, 9), (11, 1), (11, 2)]]
    assert all_day.working_time(midnights[0], midnights[1]) == hours(23)
    assert all_day.working_time(midnights[2], midnights[3]) == hours(25)
    assert ROUND_THE_CLOCK.working_time(midnights[0], midnights[1]) == hours(23)


def test_spans_that_meet_where_the_clocks_go_forward_are_not_counted_twice():
    midnight = datetime(2026, 3, 8, tzinfo=ZoneInfo("America/New_York"))
    assert NEW_YORK_NIGHTS.working_time(midnight, midnight.replace(hour=12)) == hours(2.5)


def test_a_make_up_day_is_worked_even_on_a_holiday():
    saturday = frozenset({date(2026, 3, 7)})
    both = WorkingCalendar(holidays=saturday, make_up_days=saturday)
    assert both.working_time(at("2026-03-07 00:00"), at("2026-03-08 00:00")) == hours(7.5)


def test_a_day_that_a_country_skipped_is_not_worked():
    apia = ZoneInfo("Pacific/Apia")
    assert SAMOA.working_time(datetime(2011, 12, 29, tzinfo=apia), datetime(2012, 1, 1, tzinfo=apia)) == hours(16)


def test_a_calendar_without_working_time_is_refused():
    with pytest.raises(NoWorkingTime):
        WorkingCalendar(week=((),) * 7)


@pytest.mark.parametrize(
    "spans",
    [
        ((time(9), time(8)),),
        ((time(9), time(9)),),
        ((time(9), time(12)), (time(11), time(17))),
        ((time(13), time(17)), (time(9), time(12))),
        ((time(9), time(0)), (time(13), time(17))),
    ],
)
def test_spans_that_do_not_follow_one_another_are_refused(spans):
    with pytest.raises(ValueError, match="follow one another"):
        WorkingCalendar(week=(spans,) + ((),) * 6)


def test_a_week_of_six_days_is_refused():
    with pytest.raises(ValueError, match="seven days"):
        WorkingCalendar(week=(ALL_DAY,) * 6)


@pytest.mark.parametrize("calendar", [OFFICE, ROUND_THE_CLOCK])
def test_a_negative_allowance_is_refused(calendar):
    with pytest.raises(ValueError, match="negative"):
        calendar.add(at("2026-03-02 10:00"), hours(-1))


def test_thirty_years_of_working_time_are_counted_exactly():
    plain = WorkingCalendar()
    start, weeks = at("2000-01-03 00:00"), 1565
    assert plain.working_time(start, start + timedelta(weeks=weeks)) == weeks * 5 * hours(7.5)
    assert plain.add(start, weeks * 5 * hours(7.5)) == at("2029-12-28 17:30")


@given(CALENDARS, MOMENTS, ALLOWANCES)
def test_what_was_added_is_the_working_time_in_between(calendar, start, allowance):
    assert calendar.working_time(start, calendar.add(start, allowance)) == allowance


@given(CALENDARS, MOMENTS, ALLOWANCES.filter(bool))
def test_an_allowance_is_used_up_at_the_first_possible_moment(calendar, start, allowance):
    due = calendar.add(start, allowance)
    assert calendar.working_time(start, due - timedelta(microseconds=1)) < allowance


@given(CALENDARS, MOMENTS, ALLOWANCES, ALLOWANCES)
def test_adding_twice_is_adding_the_sum(calendar, start, first, second):
    assert calendar.working_time(start, calendar.add(calendar.add(start, first), second)) == first + second


@given(CALENDARS, MOMENTS, NEARBY, NEARBY)
def test_working_time_adds_up(calendar, start, first, second):
    middle, end = start + first, start + first + second
    parts = calendar.working_time(start, middle) + calendar.working_time(middle, end)
    assert calendar.working_time(start, end) == parts
    assert calendar.working_time(end, start) == -parts


@given(CALENDARS, MOMENTS, st.lists(NEARBY, min_size=2, max_size=5), ALLOWANCES)
def test_later_starts_and_longer_allowances_are_never_due_earlier(calendar, start, steps, allowance):
    dues = [calendar.add(start + step, allowance) for step in sorted(steps)]
    assert dues == sorted(dues)
    assert calendar.add(start, allowance) <= calendar.add(start, allowance + steps[0])


@given(CALENDARS, MOMENTS, NEARBY)
def test_working_time_is_never_longer_than_the_time_that_passed(calendar, start, length):
    assert timedelta(0) <= calendar.working_time(start, start + length) <= length


@given(CALENDARS, MOMENTS)
def test_a_minute_counts_exactly_when_its_moment_is_working(calendar, moment):
    instant = timedelta(microseconds=1)
    assert calendar.working_time(moment, moment + instant) == (instant if calendar.is_working(moment) else hours(0))


@given(CALENDARS, MOMENTS, ALLOWANCES, st.sampled_from(["Asia/Shanghai", "America/New_York", "Asia/Kathmandu"]))
def test_the_zone_a_moment_is_written_in_does_not_matter(calendar, start, allowance, zone):
    elsewhere = start.astimezone(ZoneInfo(zone))
    assert calendar.add(elsewhere, allowance) == calendar.add(start, allowance)
    assert calendar.add(elsewhere, allowance).tzinfo is UTC


@given(MOMENTS, NEARBY)
def test_round_the_clock_is_plain_subtraction(start, length):
    assert ROUND_THE_CLOCK.add(start, length) == start + length
    assert ROUND_THE_CLOCK.working_time(start, start + length) == length


@given(MOMENTS, NEARBY)
def test_a_week_of_whole_days_is_round_the_clock(start, length):
    assert LORD_HOWE.working_time(start, start + length) == length


def test_new_working_hours_hold_from_their_day_on_and_leave_the_past_alone():
    mornings = (((time(8), time(12)),),) * 7
    calendar = WorkingCalendar(later_weeks=((date(2026, 11, 23), mornings),))
    friday, monday = (datetime(2026, 11, day, 12, tzinfo=ZoneInfo("Asia/Shanghai")) for day in (20, 23))
    assert calendar.working_time(friday - timedelta(hours=12), friday + timedelta(hours=12)) == timedelta(hours=7.5)
    assert calendar.working_time(monday - timedelta(hours=12), monday + timedelta(hours=12)) == timedelta(hours=4)
