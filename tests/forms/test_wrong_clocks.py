"""A phone whose clock is wrong does not make anybody early or late."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.days import by_our_clock
from tests.factories import dispatched, fresh

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEN_MINUTES = timedelta(minutes=10)


@pytest.mark.parametrize("wrong_by", [timedelta(0), timedelta(hours=2), timedelta(hours=-2), timedelta(days=-20_000)])
def test_what_was_tapped_ten_minutes_before_it_was_sent_happened_ten_minutes_ago(wrong_by):
    sent_at = NOON + wrong_by
    assert by_our_clock(sent_at - TEN_MINUTES, sent_at, NOON) == NOON - TEN_MINUTES


def test_a_clock_put_back_between_tap_and_sending_makes_nothing_happen_in_the_future():
    assert by_our_clock(NOON + TEN_MINUTES, NOON, NOON) == NOON


def test_a_sender_that_does_not_say_when_it_sent_is_believed():
    assert by_our_clock(NOON - TEN_MINUTES, None, NOON) == NOON - TEN_MINUTES
    assert by_our_clock(None, NOON, NOON) is None


def test_a_technician_whose_phone_is_two_hours_behind_arrives_when_they_arrive(cast, client_for):
    service_request, job = dispatched(cast)
    wrong = (datetime.now(UTC) - timedelta(hours=2)).isoformat()

    posted = {"happened_at": wrong, "sent_at": wrong}
    assert client_for(cast.technician).post(f"/phone/jobs/{job.id}/arrive", data=posted).status_code == 303

    arrived = next(event for event in fresh(service_request).events if event.action == "arrive")
    assert arrived.recorded_at - arrived.happened_at < timedelta(minutes=1)
