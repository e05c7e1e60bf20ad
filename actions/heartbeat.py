"""The worker's sign of life."""

from extensions import redis_connection
from queries.health import WORKER_BEAT

SECONDS = 90  # asked for every 20 s: forgotten when four beats in a row were not done


def beat() -> None:
    """Say that the worker does its tasks."""
    redis_connection().set(WORKER_BEAT, 1, ex=SECONDS)
