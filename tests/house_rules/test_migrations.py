"""The migrations make exactly what the models describe, also of a database in which people already work."""

from dataclasses import replace
from uuid import uuid4

import pytest
from flask_migrate import check, upgrade
from sqlalchemy import MetaData, func, select, text

from app import create_app
from extensions import db
from models import Event, ServiceRequest
from queries.search import matching
from tests import databases
from tests.factories import completed, registered


@pytest.fixture
def elsewhere(settings):
    """The application on an empty database of its own, without tables."""
    name = f"migrations_{uuid4().hex[:8]}"
    application = create_app(replace(settings, database_url=databases.fresh_database(name)), TESTING=True)
    yield application
    with application.app_context():
        db.session.remove()
        db.engine.dispose()


def tables(engine):
    """The tables that are there, without those only the machinery knows."""
    found = MetaData()
    found.reflect(engine, only=lambda name, _: not name.startswith(("search_index", "alembic")))
    return found.tables


def copy(rows, engine):
    """The rows as they were kept then: into the columns there were, references checked at the end."""
    with engine.begin() as connection:
        is_sqlite = engine.dialect.name == "sqlite"
        late = "PRAGMA defer_foreign_keys = ON" if is_sqlite else "SET LOCAL session_replication_role = replica"
        connection.execute(text(late))
        for name, table in tables(engine).items():
            written = {column.name for column in table.columns if column.computed is None}
            kept = [{column: row[column] for column in row.keys() & written} for row in rows.get(name, [])]
            if kept:
                connection.execute(table.insert(), kept)


def rows_of(engine):
    with engine.connect() as connection:
        return {
            name: [dict(row) for row in connection.execute(table.select()).mappings()]
            for name, table in tables(engine).items()
        }


def test_the_migrations_make_what_the_models_describe(elsewhere):
    with elsewhere.app_context():
        upgrade()
        check()  # exits when it finds a difference


def test_a_database_with_people_in_it_is_brought_from_the_first_to_the_last(cast, elsewhere):
    completed(cast)
    registered(cast, words="楼道灯坏了")
    rows = rows_of(db.engine)
    db.session.rollback()
    with elsewhere.app_context():
        upgrade(revision="0001")
        copy(rows, db.engine)
        upgrade()
        for model in (ServiceRequest, Event):
            assert db.session.scalar(select(func.count()).select_from(model)) == len(rows[model.__tablename__])
        found = db.session.scalars(select(ServiceRequest).where(matching("楼道灯", cast.agent))).all()
        assert [service_request.words for service_request in found] == ["楼道灯坏了"]
