"""What administrators type about time."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.durations import minutes_of
from domain.durations import text_of as length_text
from domain.working_hours import spans_of, text_of


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [
        ("30", 30),
        ("2 h", 120),
        ("1.5h", 90),
        ("1 d", 450),
        ("1d 2h", 570),
        ("２小时", 120),
        ("30分钟", 30),
        ("2 个工作日", 900),
    ]
    + [("1天", 450), ("90 Min", 90), ("", None), ("  ", None)],
)
def test_a_length_is_read_however_it_is_written(typed, minutes):
    assert minutes_of(typed, round_the_clock=False) == minutes


@pytest.mark.parametrize("typed", ["soon", "-5", "0", "1e9", "9" * 30, "2 x", "h", "2 h soon"])
def test_what_is_no_length_is_refused(typed):
    with pytest.raises(ValueError):
        minutes_of(typed, round_the_clock=True)


@given(st.integers(1, 100_000), st.booleans())
def test_a_length_means_the_same_when_typed_again(minutes, round_the_clock):
    typed = length_text(minutes, round_the_clock=round_the_clock)
    assert minutes_of(typed, round_the_clock=round_the_clock) == minutes


@pytest.mark.parametrize("typed", ["8:30-12:00, 13:30-17:30", "8:30 - 12 13:30–17:30", "08:30至12:00；13:30到17:30"])
def test_hours_are_read_however_they_are_written(typed):
    assert spans_of(typed) == ((time(8, 30), time(12)), (time(13, 30), time(17, 30)))
    assert text_of(spans_of(typed)) == "08:30-12:00, 13:30-17:30"


@pytest.mark.parametrize("typed", ["8", "8-", "12-8", "8-12, 11-13", "25-26", "8:99-12", "morning"])
def test_what_are_no_hours_is_refused(typed):
    with pytest.raises(ValueError):
        spans_of(typed)


def test_a_day_may_last_to_midnight():
    assert text_of(spans_of("0-24")) == "00:00-24:00"
