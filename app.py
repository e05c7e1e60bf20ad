"""Builds the application. Wiring only: if a line here makes a decision, it is in the wrong room."""

from typing import Any

from argon2 import PasswordHasher
from flask import Flask
from jinja2 import StrictUndefined
from redis import Redis
from redis.backoff import NoBackoff
from redis.retry import Retry
from rq import Queue

import blueprints
import commands
import database
import models  # noqa: F401  (every table is known before the first query)
from blueprints import (
    access,
    assets,
    converters,
    display,
    errors,
    forgery,
    headers,
    htmx,
    language,
    request_log,
    sessions,
)
from config import Settings
from extensions import compress, csrf, db, limiter, login_manager, migrate
from queries import users
from storage import FolderStore


def create_app(settings: Settings | None = None, **overrides: Any) -> Flask:
    """The application for these settings (default: the environment's); `overrides` are Flask's own settings."""
    settings = settings or Settings.from_environment()
    app = Flask(__name__, static_folder=None)
    app.config.from_mapping(flask_settings(settings))
    app.config.from_mapping(overrides)
    app.extensions["settings"] = settings
    app.extensions["redis"] = Redis.from_url(settings.redis_url, socket_timeout=5, socket_connect_timeout=1)
    app.extensions["impatient_redis"] = Redis.from_url(
        settings.redis_url, socket_timeout=1, socket_connect_timeout=1, retry=Retry(NoBackoff(), 0)
    )
    app.extensions["queue"] = Queue("default", connection=app.extensions["redis"])
    app.extensions["password_hasher"] = PasswordHasher(memory_cost=settings.password_memory // 1024)
    app.extensions["attachment_store"] = FolderStore(settings.data_folder / "attachments")
    app.jinja_env.undefined = StrictUndefined
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.url_map.converters |= converters.CONVERTERS
    for extension in (db, login_manager, csrf, limiter, compress):
        extension.init_app(app)
    migrate.init_app(app, db, render_as_batch=True)
    language.init_app(app)
    sessions.init_app(app)
    for part in (
        database,
        sessions,
        htmx,
        forgery,
        access,
        assets,
        display,
        errors,
        headers,
        request_log,
        blueprints,
        commands,
    ):
        part.init_app(app)
    login_manager.user_loader(users.of_session)
    return app


def flask_settings(settings: Settings) -> dict[str, Any]:
    """What Flask and its extensions call the things our settings say."""
    return {
        "SECRET_KEY": settings.secret_key,
        "SQLALCHEMY_DATABASE_URI": settings.database_url,
        "SQLALCHEMY_ENGINE_OPTIONS": {"hide_parameters": True},  # no log names what was typed
        "MAX_CONTENT_LENGTH": settings.upload_limit * 12 + 1024**2,  # photos of one form; each is limited on its own
        "MAX_FORM_MEMORY_SIZE": 1024 * 1024,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_SECURE": settings.secure_cookies,
        "SESSION_COOKIE_NAME": "yingda",
        "PERMANENT_SESSION_LIFETIME": 30 * 24 * 3600,
        "WTF_CSRF_CHECK_DEFAULT": False,  # blueprints/forgery.py checks
        "WTF_CSRF_TIME_LIMIT": None,  # as long as the session it is bound to
        "BABEL_DEFAULT_LOCALE": "en",
        "BABEL_TRANSLATION_DIRECTORIES": "translations",
        "COMPRESS_ALGORITHM": ["br", "gzip"],  # pages on a weak signal; scripts and style sheets lie here compressed
        "COMPRESS_EVALUATE_CONDITIONAL_REQUEST": False,
        "RATELIMIT_STORAGE_URI": limiter_storage(settings.redis_url),
        "RATELIMIT_IN_MEMORY_FALLBACK_ENABLED": True,
        "RATELIMIT_HEADERS_ENABLED": False,
    }


def limiter_storage(redis_url: str) -> str:
    """The rate limiter's name for the same Redis."""
    return redis_url.replace("unix://", "redis+unix://", 1)
