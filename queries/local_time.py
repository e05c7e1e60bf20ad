"""Moments as numbers, in both databases: seconds, and days and hours on a site's wall clock."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Integer, and_, case, literal
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement

from domain.periods import Period
from models import ServiceRequest

HOUR, DAY = 3600, 86400
EPOCH_WEEKDAY = 3  # 1 January 1970 was a Thursday; Monday is 0


class seconds_of(FunctionElement[int]):
    """The whole seconds of a moment since 1970, UTC."""

    type = Integer()
    inherit_cache = True


@compiles(seconds_of)
def _standard(element: Any, compiler: Any, **more: Any) -> str:
    return f"CAST(FLOOR(EXTRACT(EPOCH FROM {compiler.process(element.clauses, **more)})) AS BIGINT)"


@compiles(seconds_of, "sqlite")
def _sqlite(element: Any, compiler: Any, **more: Any) -> str:
    return f"CAST(strftime('%s', {compiler.process(element.clauses, **more)}) AS INTEGER)"


def local_seconds(zones: Mapping[str, list[UUID]], period: Period) -> ColumnElement[int]:
    """When a request was registered, in seconds on the wall clock of its site; good for days of this period.

    `zones` are the time zones with the sites in each.
    """
    shifts = [(case_of(sites), shift_of(zone, period)) for zone, sites in zones.items()]
    shift = shifts[0][1] if len(shifts) == 1 else case(*shifts)
    return seconds_of(ServiceRequest.registered_at) + shift


def case_of(sites: list[UUID]) -> ColumnElement[bool]:
    return ServiceRequest.site_id.in_(sites)


def shift_of(zone: str, period: Period) -> ColumnElement[int]:
    """How many seconds the wall clock of this zone is ahead of UTC, which may change within the period."""
    shifts = shifts_of(zone, period)
    if len(shifts) == 1:
        return literal(shifts[0][1])
    earlier = [(ServiceRequest.registered_at < until, seconds) for until, seconds in shifts[:-1]]
    return case(*[(and_(condition), seconds) for condition, seconds in earlier], else_=shifts[-1][1])


def shifts_of(zone: str, period: Period) -> list[tuple[datetime, int]]:
    """The shifts of this zone during the period, each with the moment until which it holds."""
    moment = datetime.combine(period.since - timedelta(days=1), datetime.min.time(), UTC)
    end = datetime.combine(period.until + timedelta(days=2), datetime.min.time(), UTC)
    shifts = [(end, ahead(zone, moment))]
    while moment < end:
        later = moment + timedelta(days=1)
        if ahead(zone, later) != shifts[-1][1]:
            change = next(
                m for m in (moment + timedelta(minutes=n) for n in range(1441)) if ahead(zone, m) != shifts[-1][1]
            )
            shifts[-1:] = [(change, shifts[-1][1]), (end, ahead(zone, later))]
        moment = later
    return shifts


def ahead(zone: str, moment: datetime) -> int:
    """How many seconds the wall clock of this zone is ahead of UTC at a moment."""
    offset = moment.astimezone(ZoneInfo(zone)).utcoffset()
    assert offset is not None  # a zone always knows
    return int(offset.total_seconds())
