"""What a page finds when the database was restarted."""

import pytest
from sqlalchemy import create_engine, func, select, text

from extensions import db


@pytest.mark.only_postgresql
def test_a_connection_the_database_has_closed_is_replaced_before_it_is_used(cast):
    db.session.remove()
    with db.engine.connect() as connection:
        number = connection.scalar(select(func.pg_backend_pid()))
    elsewhere = create_engine(db.engine.url)
    with elsewhere.connect() as connection:
        connection.execute(text("SELECT pg_terminate_backend(:number, 5000)"), {"number": number})
    elsewhere.dispose()
    with db.engine.connect() as connection:
        assert connection.scalar(select(func.pg_backend_pid())) != number
