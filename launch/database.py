"""What bin/serve asks the database, without the application: importing that takes longer than the answers."""

from collections.abc import Iterator
from contextlib import contextmanager

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import SQLAlchemyError

from config import Settings
from launch.environment import ROOT
from launch.progress import SetUpFailed


def is_prepared(settings: Settings) -> bool:
    """Whether the newest migration has been applied and the demo, if it is wanted, has been loaded."""
    newest = ScriptDirectory(str(ROOT / "migrations")).get_current_head()
    with connected(settings) as connection:
        applied = MigrationContext.configure(connection).get_current_revision()
    return applied == newest and (has_users(settings) or settings.demo_removed.exists())


def has_users(settings: Settings) -> bool:
    """Whether there is anybody at all; the tables exist."""
    with connected(settings) as connection:
        return connection.scalar(text('SELECT 1 FROM "user" LIMIT 1')) is not None


def demo_accounts(settings: Settings) -> list[str]:
    """The user names anybody may try out, in the order in which they were made."""
    with connected(settings) as connection:
        return list(connection.scalars(text('SELECT username FROM "user" WHERE is_demo ORDER BY created_at')))


@contextmanager
def connected(settings: Settings) -> Iterator[Connection]:
    """A connection, closed for good at the end. Raises SetUpFailed, without the password, when there is none."""
    engine = create_engine(settings.database_url)
    try:
        with engine.connect() as connection:
            yield connection
    except SQLAlchemyError as problem:
        address = engine.url.render_as_string(hide_password=True)
        raise SetUpFailed(f"The database {address} does not answer as it should:\n{problem}") from problem
    finally:
        engine.dispose()
