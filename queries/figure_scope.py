"""Which requests a page of figures is about: who asks, of which sites, registered on which days, and the filters."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, func, or_, select

from domain.days import DEFAULT_ZONE, span_of
from domain.errors import NotFound
from domain.periods import Period
from extensions import db
from models import ServiceRequest, Site, Unit, User
from queries import reach
from queries.queue_filters import CONDITIONS
from queries.reach import STATEMENTS, Standing, standing_of

SR = ServiceRequest


@dataclass(frozen=True)
class SiteOf:
    """A site as figures need it."""

    id: UUID
    zone: str
    households: int
    first_at: datetime | None  # when its first request was registered


@dataclass(frozen=True)
class Scope:
    """What is counted. Without a viewer the product itself asks, and sees all.

    `only` narrows it to some days of some sites: the pairs that must be counted live. What a page asks can be hashed
    (its sites and pairs are tuples), so that its statements are kept.
    """

    viewer: Standing | None
    sites: Sequence[SiteOf]
    period: Period
    filters: Mapping[str, Any] = field(default_factory=dict, hash=False)
    only: Sequence[tuple[UUID, date]] | None = None

    @property
    def zones(self) -> dict[str, list[UUID]]:
        """The sites by time zone."""
        zones: dict[str, list[UUID]] = {}
        for site in self.sites:
            zones.setdefault(site.zone, []).append(site.id)
        return zones or {DEFAULT_ZONE: []}

    @property
    def days(self) -> int:
        """How many days are looked at: none where nothing must be counted live."""
        return len(self.period.days) if self.only is None else len(self.only)

    def conditions(self) -> list[ColumnElement[bool]]:
        """The conditions under which a service request belongs to the scope."""
        seen = [] if self.viewer is None else [reach.of_service_requests(self.viewer)]
        return [*seen, self.when(), *(CONDITIONS[name](value) for name, value in self.filters.items())]

    def when(self) -> ColumnElement[bool]:
        """Registered on these local days of these sites."""
        if self.only is None:
            spans = [(sites, self.period.since, self.period.until) for sites in self.zones.values()]
        else:
            spans = [([site_id], day, day) for site_id, day in self.only]
        zone_of = {site.id: site.zone for site in self.sites}
        return or_(false(), *(registered(ids, zone_of[ids[0]], a, z) for ids, a, z in spans if ids))


def registered(site_ids: Sequence[UUID], zone: str, since: date, until: date) -> ColumnElement[bool]:
    """Registered at one of these sites from the first to the last of these local days."""
    first, after = span_of(since, zone)[0], span_of(until, zone)[1]
    at = SR.site_id == site_ids[0] if len(site_ids) == 1 else SR.site_id.in_(site_ids)
    return and_(at, SR.registered_at >= first, SR.registered_at < after)


def scope_of(viewer: User, period: Period, filters: Mapping[str, Any]) -> Scope:
    """The scope of this person's figures. Raises NotFound for a site out of reach."""
    standing = standing_of(viewer)
    sites = tuple(SiteOf(*row) for row in db.session.execute(_sites(standing, filters.get("site"))))
    if not sites:
        raise NotFound()
    return Scope(standing, sites, period, filters)


@lru_cache(STATEMENTS)
def _sites(viewer: Standing, chosen: UUID | None) -> Select[Any]:
    units = select(func.count()).where(Unit.site_id == Site.id).scalar_subquery()
    first = select(func.min(SR.registered_at)).where(SR.site_id == Site.id).scalar_subquery()
    asked: Select[Any] = select(Site.id, Site.zone, units, first).where(reach.of_sites(viewer)).order_by(Site.code)
    return asked.where(Site.id == chosen) if chosen else asked
