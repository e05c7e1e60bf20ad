"""The timetable, and the one scheduler that keeps it."""

import time as clock
from datetime import UTC, datetime, time, timedelta

from extensions import later, redis_connection
from queries.health import SCHEDULER_LOCK
from tests.launch.processes import eventually
from worker import tasks
from worker.schedule import TIMETABLE, Daily, Every
from worker.scheduler import ask_for, due

MORNING = datetime(2026, 11, 23, 1, 30, 25, tzinfo=UTC)  # 09:30:25 in Shanghai


def test_every_entry_of_the_timetable_is_a_task():
    assert all(callable(getattr(tasks, entry.task)) for entry in TIMETABLE)
    assert len({entry.task for entry in TIMETABLE}) == len(TIMETABLE)


def test_a_slot_is_the_latest_moment_to_do_it():
    assert Every(timedelta(minutes=1), "tell").slot(MORNING) == MORNING.replace(second=0)
    assert Daily(time(9, 30), "x").slot(MORNING) == MORNING.replace(second=0)
    assert Daily(time(9, 31), "x").slot(MORNING) == MORNING.replace(minute=31, second=0) - timedelta(days=1)


def test_each_slot_is_asked_for_once_and_missed_ones_together_once(app):
    redis = redis_connection()
    first = due(redis, MORNING)
    assert len(first) == len(TIMETABLE)
    ask_for(first, redis)
    assert due(redis, MORNING) == []
    hours_later = due(redis, MORNING + timedelta(hours=5))
    assert len(hours_later) == len([entry for entry in TIMETABLE if isinstance(entry, Every)])


def test_a_bell_that_hangs_is_not_rung_again_until_it_is_answered(app):
    queue = app.extensions["queue"]
    for _ in range(50):
        later("tell")
    assert queue.count == 1
    tasks.answer_bell("tell")
    later("tell")
    assert queue.count == 2


def test_of_two_schedulers_one_waits_until_the_other_is_gone(app, start):
    redis = redis_connection()
    first = start("worker.scheduler")
    assert eventually(lambda: redis.exists(SCHEDULER_LOCK))
    holder = redis.get(SCHEDULER_LOCK)
    second = start("worker.scheduler")
    assert not eventually_within(2.5, lambda: redis.get(SCHEDULER_LOCK) not in (holder, None))
    first.terminate()
    assert first.wait(timeout=10) == 0
    assert eventually(lambda: redis.get(SCHEDULER_LOCK) not in (holder, None))
    assert second.poll() is None


def eventually_within(seconds, condition):
    deadline = clock.monotonic() + seconds
    while clock.monotonic() < deadline:
        if condition():
            return True
        clock.sleep(0.05)
    return False
