"""python -m worker.scheduler: asks the worker for what the timetable says. A second one waits until the first is gone.

What was asked for last is kept in Redis: after a pause a task is asked for once, not once for each slot missed.
"""

import logging
import signal
import threading
import time
from collections.abc import Iterable
from datetime import UTC, datetime

from redis import Redis
from redis.exceptions import LockError, RedisError
from redis.lock import Lock

from extensions import later, redis_connection
from queries.health import SCHEDULER_LOCK
from worker.schedule import TIMETABLE, Daily, Every
from worker.tasks import application

TICK = 1.0  # seconds
LOCK_SECONDS = 10  # a scheduler that says nothing for so long is gone
LAST_ASKED = "yingda:last-asked"

log = logging.getLogger("yingda.scheduler")


def main() -> None:
    """Keeps time until SIGTERM or SIGINT, whatever becomes of Redis meanwhile."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    with application().app_context():
        redis = redis_connection()
        lock = redis.lock(SCHEDULER_LOCK, timeout=LOCK_SECONDS, blocking=False)
        while not stop.wait(TICK - time.time() % TICK):
            try:
                if holds(lock):
                    ask_for(due(redis, datetime.now(UTC)), redis)
            except RedisError as error:
                log.warning("Redis does not answer (%s); trying again", error)
        give_back(lock)


def holds(lock: Lock) -> bool:
    """Whether the lock is ours for another while: renewed, or taken because nobody has it."""
    try:
        return lock.reacquire()
    except LockError:  # never taken, or lost
        lock.local.token = None
        return lock.acquire()


def due(redis: Redis, now: datetime) -> list[tuple[Every | Daily, datetime]]:
    """The entries of the timetable whose latest slot nobody has asked for yet, with that slot."""
    slots = [(entry, entry.slot(now)) for entry in TIMETABLE]
    asked = redis.hmget(LAST_ASKED, [entry.task for entry in TIMETABLE])
    return [pair for pair, last in zip(slots, asked, strict=True) if float(last or 0) < pair[1].timestamp()]


def ask_for(entries: Iterable[tuple[Every | Daily, datetime]], redis: Redis) -> None:
    """Ring for each, and remember the slot."""
    for entry, slot in entries:
        later(entry.task)
        redis.hset(LAST_ASKED, entry.task, slot.timestamp())


def give_back(lock: Lock) -> None:
    """Let another scheduler begin at once."""
    try:
        lock.release()
    except (LockError, RedisError) as error:
        log.info("the lock was not ours to give back (%s)", error)


if __name__ == "__main__":
    main()
