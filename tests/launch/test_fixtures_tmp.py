import pytest
from sqlalchemy import text
from extensions import db
from tests import people
@pytest.mark.parametrize("n", range(6))
def test_x(app, n, queries_run, redis_url):
    cast = people.cast() if hasattr(people,"cast") else None
    assert db.engine.dialect.name
    db.session.execute(text("select 1"))
    assert queries_run
