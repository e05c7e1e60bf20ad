"""The numbers people read out."""

from functools import cache
from typing import Any

from sqlalchemy import bindparam

from actions.inserting import insert
from domain.days import local_day
from extensions import db, now
from models import ReferenceCounter, Site


def next_reference(site: Site) -> str:
    """The site's next number of the local day, as in YH-261122-007; given out once, gaps possible after a rollback."""
    day = local_day(now(), site.zone)
    number = db.session.connection().scalar(counting(db.engine.dialect.name), {"site": site.id, "today": day})
    return f"{site.code}-{day:%y%m%d}-{number:03d}"


@cache
def counting(_database: str) -> Any:
    """The statement of every registration, put together once for each kind of database."""
    counter = ReferenceCounter.__table__
    counted = insert(counter).values(site_id=bindparam("site"), day=bindparam("today"), last=1)
    one_more = counted.on_conflict_do_update(index_elements=["site_id", "day"], set_={"last": counter.c.last + 1})
    return one_more.returning(counter.c.last)
