"""Whether the parts this application stands on are there."""

from collections.abc import Callable
from typing import Any

from redis.exceptions import RedisError
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from extensions import db, impatient_redis, log

WORKER_BEAT = "yingda:worker-beat"  # written by the worker whenever it does the task `beat`; forgotten after a while
SCHEDULER_LOCK = "yingda:scheduler"  # held by the one scheduler while it runs


def parts() -> dict[str, bool]:
    """Each part by name, and whether it is fine; the log has the reason for what is not."""
    database = asked("database", lambda: [db.session.scalar(select(1)) == 1]) or [False]
    redis = asked("redis", answers_of_redis) or [False] * 3
    return dict(zip(("database", "redis", "worker", "scheduler"), map(bool, [*database, *redis]), strict=True))


def answers_of_redis() -> list[Any]:
    """Whether it is there, the worker was there a while ago, and a scheduler holds its lock: asked in one go."""
    together = impatient_redis().pipeline(transaction=False)
    together.ping()
    together.exists(WORKER_BEAT)
    together.exists(SCHEDULER_LOCK)
    return together.execute()


def asked(name: str, question: Callable[[], list[Any]]) -> list[Any] | None:
    """The answers; None from a part that cannot be asked."""
    try:
        return question()
    except (RedisError, SQLAlchemyError) as error:
        log.warning("%s is not fine: %s", name, error)
        return None
