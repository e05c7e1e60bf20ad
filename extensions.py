"""The shared singletons. This module imports nothing of ours, so everything may import it."""

import logging
from collections.abc import Iterator
from datetime import UTC, datetime
from enum import StrEnum
from typing import Protocol

from argon2 import PasswordHasher
from flask import current_app
from flask_babel import Babel
from flask_compress import Compress
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import Enum, MetaData
from sqlalchemy.orm import DeclarativeBase, registry


class Base(DeclarativeBase):
    # Store the value of an enum, not its Python name. (Flask-SQLAlchemy 3.1 copies the
    # class body, so the map must sit on the registry, not on the class.)
    registry = registry(
        type_annotation_map={
            StrEnum: Enum(StrEnum, native_enum=False, length=40, values_callable=lambda e: [m.value for m in e]),
        },
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(table_name)s_%(column_0_N_name)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
    )


# What has been written stays readable after the commit: views redirect by it, and nothing queries behind their backs.
db = SQLAlchemy(model_class=Base, session_options={"expire_on_commit": False})
migrate = Migrate()
login_manager = LoginManager()
csrf = CSRFProtect()
babel = Babel()
limiter = Limiter(get_remote_address)
compress = Compress()

log = logging.getLogger("yingda")


class AttachmentStore(Protocol):
    """Where the content of attachments is kept, by name; storage.py has the ones there are. Both may raise OSError."""

    def keep(self, name: str, content: bytes) -> None: ...
    def content(self, name: str) -> bytes: ...
    def forget(self, name: str) -> None: ...
    def names_before(self, moment: datetime) -> Iterator[str]: ...


def attachment_store() -> AttachmentStore:
    """The store of this application."""
    return current_app.extensions["attachment_store"]


def password_hasher() -> PasswordHasher:
    """What keeps and checks the passwords of this application."""
    return current_app.extensions["password_hasher"]


def upload_limit() -> int:
    """The largest photo this application takes, in bytes."""
    return current_app.extensions["settings"].upload_limit


BELL_SECONDS = 60  # a bell that nobody took down by then fell off with a worker that was killed


def redis_connection() -> Redis:
    """The Redis of this application."""
    return current_app.extensions["redis"]


def impatient_redis() -> Redis:
    """The same for somebody who cannot wait: it answers within a second, or counts as gone."""
    return current_app.extensions["impatient_redis"]


def now() -> datetime:
    """This moment in UTC."""
    return datetime.now(UTC)


def later(task_name: str, *args: object) -> None:
    """Ask the worker to run `worker.tasks.<task_name>`. Only ever called after the commit.

    A doorbell, not a letter: if nobody hears it, the minute's sweep finds the work. While it hangs unanswered, ringing
    again does nothing: fifty events a second are one task, not fifty.
    """
    try:
        if redis_connection().set(bell(task_name, args), 1, nx=True, ex=BELL_SECONDS):
            current_app.extensions["queue"].enqueue_call(
                f"worker.tasks.{task_name}", args, result_ttl=0, failure_ttl=7 * 24 * 3600
            )
    except RedisError as error:
        log.warning("nobody heard the bell for %s (%s): the sweep will find the work", task_name, error)


def answer_bell(task_name: str, *args: object) -> None:
    """Take the bell down, before looking for the work: what is committed from here on rings again."""
    redis_connection().delete(bell(task_name, args))


def bell(task_name: str, args: tuple[object, ...]) -> str:
    return f"yingda:bell:{task_name}:{args}"
