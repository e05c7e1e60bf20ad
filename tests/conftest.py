"""What every test may ask for. The cast is in people.py, rows in factories.py, servers in databases.py."""

import pytest
from sqlalchemy import event

from app import create_app
from config import Settings
from extensions import db
from launch.serve import set_up
from tests import databases
from tests.people import make_cast
from tests.snapshots import Scenes
from tests.visits import Visitor, signed_in

NOT_COUNTED = ("BEGIN", "PRAGMA", "SAVEPOINT", "RELEASE")


def pytest_configure(config):
    """The first process builds what pages need and starts the servers; the workers of xdist find them."""
    if not hasattr(config, "workerinput") and not config.option.collectonly:
        set_up()
        config.stash[SERVERS] = databases.Servers()


def pytest_collection_modifyitems(config, items):
    """Long tests begin first, so that in the end nobody waits for one of them alone; what is about a server of
    PostgreSQL is for the runs on it.
    """
    items.sort(key=lambda item: item.get_closest_marker("long") is None)
    if databases.chosen() != "postgresql":
        config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("only_postgresql")])
        items[:] = [item for item in items if not item.get_closest_marker("only_postgresql")]


def pytest_unconfigure(config):
    if SERVERS in config.stash:
        config.stash[SERVERS].stop()


SERVERS = pytest.StashKey[databases.Servers]()


@pytest.fixture(scope="session")
def settings(worker_id, tmp_path_factory):
    """The settings of this worker: a data folder, a database and a Redis that nobody else uses."""
    return Settings(
        data_folder=tmp_path_factory.mktemp("data"),
        database_url=databases.fresh_database(f"tests_{worker_id}"),
        redis_url=databases.redis_url(worker_id),
        secret_key="tests",
        demo_password="a password for the tests",
        password_memory=64 * 1024,
    )


@pytest.fixture(scope="session")
def application(settings):
    application = create_app(settings, TESTING=True, WTF_CSRF_ENABLED=False, RATELIMIT_ENABLED=False)
    application.test_client_class = Visitor
    with application.app_context():
        db.create_all()
    return application


@pytest.fixture
def app(application):
    """The application in whose context the test runs, with an empty database and an empty Redis."""
    with application.app_context():
        yield application
    with application.app_context():
        databases.empty(db.engine, db.metadata)
    application.extensions["redis"].flushdb()


@pytest.fixture
def redis_url(settings, app):
    return settings.redis_url


@pytest.fixture
def client_for(app):
    """`client_for(agent)`: a browser in which this colleague has signed in."""
    return lambda user: signed_in(app, user)


@pytest.fixture
def queries_run(app):
    """The SQL statements run since the test began; `queries_run.clear()` begins anew."""
    statements = []

    def note(_connection, _cursor, statement, *_rest):
        if not statement.startswith(NOT_COUNTED):
            statements.append(statement)

    event.listen(db.engine, "before_cursor_execute", note)
    yield statements
    event.remove(db.engine, "before_cursor_execute", note)


@pytest.fixture(scope="session")
def scenes(application):
    """`scenes.begin("past", tell)`: what takes long to tell, told once. The cast is, before anybody stops the clock."""
    scenes = Scenes()
    with application.app_context():
        scenes.begin("cast", make_cast)
        databases.empty(db.engine, db.metadata)
    return scenes


@pytest.fixture
def cast(app, scenes):
    """Everybody and everything the stories speak of: see people.py."""
    return scenes.begin("cast", make_cast)
