"""Counting the clocks of open requests anew after the working hours of their site have changed."""

from uuid import UUID

from sqlalchemy import select, update

from actions.history import recount_clock
from actions.unit_of_work import ring, unit_of_work
from extensions import db, now
from models import IS_OPEN, ServiceRequest, Site
from queries import service_requests

BATCH = 20  # requests held at a time, so that nobody at a desk waits for long


def mark_stale(site_ids: list[UUID]) -> None:
    """The clocks of these sites must be recounted. Inside the unit of work of the change: the mark is the letter."""
    db.session.execute(update(Site).where(Site.id.in_(site_ids)).values(clocks_stale_since=now()))
    ring("recount_clocks")


def recount_stale_sites() -> None:
    """Recount every site that is marked. A mark set again meanwhile stays for the next run."""
    for id, since in db.session.execute(
        select(Site.id, Site.clocks_stale_since).where(Site.clocks_stale_since.is_not(None))
    ).all():
        recount_site(id)
        with unit_of_work():
            db.session.execute(
                update(Site).where(Site.id == id, Site.clocks_stale_since == since).values(clocks_stale_since=None)
            )


def recount_site(site_id: UUID) -> None:
    """Recount every open request of one site; what was decided stays, because the past keeps its hours."""
    ids = db.session.scalars(
        select(ServiceRequest.id).where(ServiceRequest.site_id == site_id, IS_OPEN).order_by(ServiceRequest.id)
    ).all()
    for begin in range(0, len(ids), BATCH):
        with unit_of_work():
            # All are held before the figures of their days: whoever acts on one of them waits, and we for nobody.
            for service_request in [service_requests.locked(id, viewer=None) for id in ids[begin : begin + BATCH]]:
                recount_clock(service_request)
