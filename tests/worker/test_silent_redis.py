"""Redis may go away: pages go on, nothing is lost, and worker and scheduler find their way back."""

import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from app import create_app
from extensions import db
from launch import redis
from launch.child import Child
from models import Event, Notice
from tests.factories import registered
from tests.launch.processes import eventually


@pytest.fixture
def socket():
    """Where a Redis of this test alone listens; a short path, since sockets take no long ones."""
    folder = Path(tempfile.mkdtemp(prefix="yingda-"))
    yield folder / "redis.sock"
    shutil.rmtree(folder)


@contextmanager
def running_redis(socket):
    child = Child("redis", redis.command(socket.parent, socket), socket.parent)
    child.start()
    try:
        assert eventually(lambda: redis.answers(f"unix://{socket}"))
        yield
    finally:
        child.kill()


@pytest.fixture
def elsewhere(app, settings, socket):
    """The application on the test's database and that Redis, whose bells ring there."""
    return create_app(replace(settings, redis_url=f"unix://{socket}"), TESTING=True, RATELIMIT_ENABLED=False)


def untold():
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Event).where(Event.told_at.is_(None)))


def test_what_happens_while_redis_is_down_is_told_when_it_is_back(cast, elsewhere, socket, start):
    with elsewhere.app_context():
        for _ in range(5):
            registered(cast, by=cast.guard)
        assert untold() == 5
        with running_redis(socket):
            start("worker", REDIS_URL=f"unix://{socket}")
            start("worker.scheduler", REDIS_URL=f"unix://{socket}")
            assert eventually(lambda: untold() == 0)
        assert db.session.scalar(select(func.count()).select_from(Notice)) == 5 * 3


def test_the_scheduler_outlives_redis_and_asks_again_when_it_is_back(cast, elsewhere, socket, start):
    with running_redis(socket):
        scheduler = start("worker.scheduler", REDIS_URL=f"unix://{socket}")
        assert eventually(lambda: elsewhere.extensions["queue"].count > 0)
    shutil.rmtree(socket.parent / "redis")
    with elsewhere.app_context():
        registered(cast, by=cast.guard)
        with running_redis(socket):
            start("worker", REDIS_URL=f"unix://{socket}")
            assert eventually(lambda: untold() == 0)
    assert scheduler.poll() is None
