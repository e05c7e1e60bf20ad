"""Real workers and a real mail server, beside the database and the Redis of the test."""

from contextlib import ExitStack, contextmanager

import pytest

from tests.launch.processes import program
from tests.worker.mail_server import free_port, mail_server
from tests.worker.robot_service import robot_service


@pytest.fixture
def smtp_port():
    return free_port()


@pytest.fixture
def letters(smtp_port):
    """What the mail server took."""
    with mail_server(smtp_port) as taken:
        yield taken


@pytest.fixture
def robot():
    """The address of a group robot, and the messages it took."""
    with robot_service() as (url, taken):
        yield url, taken


@pytest.fixture
def environment(settings, smtp_port):
    """The settings of the test, as a program reads them."""
    return {
        "YINGDA_DATA": str(settings.data_folder),
        "DATABASE_URL": settings.database_url,
        "REDIS_URL": settings.redis_url,
        "SMTP_URL": f"smtp://127.0.0.1:{smtp_port}",
        "YINGDA_LOG_LEVEL": "ERROR",
    }


@pytest.fixture
def start(app, environment):
    """`start("worker")`, `start("worker.scheduler")`: the program, killed at the end of the test."""
    with ExitStack() as programs:
        yield lambda module, **more: programs.enter_context(running(module, {**environment, **more}))


@contextmanager
def running(module, environment):
    with program("-m", module, **environment) as process:
        yield process
