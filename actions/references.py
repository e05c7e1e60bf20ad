"""The numbers people read out."""

from actions.inserting import insert
from domain.days import local_day
from extensions import db, now
from models import ReferenceCounter, Site


def next_reference(site: Site) -> str:
    """The site's next number of the local day, as in YH-261122-007; given out once, gaps possible after a rollback."""
    day = local_day(now(), site.zone)
    counted = insert(ReferenceCounter).values(site_id=site.id, day=day, last=1)
    number = db.session.scalar(
        counted.on_conflict_do_update(
            index_elements=["site_id", "day"], set_={"last": ReferenceCounter.last + 1}
        ).returning(ReferenceCounter.last)
    )
    return f"{site.code}-{day:%y%m%d}-{number:03d}"
