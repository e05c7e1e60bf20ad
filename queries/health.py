"""Whether the parts this application stands on are there."""

from collections.abc import Callable

from redis.exceptions import RedisError
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from extensions import db, log, redis_connection

WORKER_BEAT = "yingda:worker-beat"  # written by the worker whenever it does the task `beat`; forgotten after a while
SCHEDULER_LOCK = "yingda:scheduler"  # held by the one scheduler while it runs


def parts() -> dict[str, bool]:
    """Each part by name, and whether it is fine; the log has the reason for what is not."""
    checks: dict[str, Callable[[], bool]] = {
        "database": lambda: db.session.scalar(select(1)) == 1,
        "redis": lambda: bool(redis_connection().ping()),
        "worker": lambda: bool(redis_connection().exists(WORKER_BEAT)),
        "scheduler": lambda: bool(redis_connection().exists(SCHEDULER_LOCK)),
    }
    return {name: is_fine(name, check) for name, check in checks.items()}


def is_fine(name: str, check: Callable[[], bool]) -> bool:
    """What the check says; a part that cannot be asked is not fine."""
    try:
        return check()
    except (RedisError, SQLAlchemyError) as error:
        log.warning("%s is not fine: %s", name, error)
        return False
