"""The list behind a number: the rows a measure counts, by the very conditions it is counted with."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, literal, or_, select, tuple_

from domain.errors import NotFound
from domain.measures import MEASURES, Source
from domain.readings import Reading
from extensions import db
from models import Building, Category, ClockReading, FollowUp, ServiceRequest, Site, Unit, User
from queries.breakdowns import line_is
from queries.figure_scope import Scope
from queries.measures import CONDITIONS, TABLES, CountedJob
from queries.queue_rows import Named

SR = ServiceRequest
PAGE = 50

REQUEST_COLUMNS = (
    SR.id,
    SR.reference,
    SR.kind,
    SR.status,
    SR.channel,
    SR.place,
    SR.registered_at,
    SR.completed_at,
    func.substr(SR.words, 1, 160).label("words"),
    Site.name.label("site_name"),
    Site.name_en.label("site_name_en"),
    Unit.label.label("unit"),
    Building.name.label("building_name"),
    Building.name_en.label("building_name_en"),
    Category.name.label("category_name"),
    Category.name_en.label("category_name_en"),
)
OWN_COLUMNS: dict[Source, Sequence[Any]] = {
    Source.REQUESTS: (),
    Source.RUNS: (
        ClockReading.clock,
        ClockReading.round,
        ClockReading.started_at,
        ClockReading.due_at,
        ClockReading.stopped_at,
        ClockReading.is_paused,
        ClockReading.is_void,
    ),
    Source.CALLS: (FollowUp.made_at, FollowUp.is_reached, FollowUp.verdict, FollowUp.words.label("said")),
    Source.JOBS: (
        CountedJob.status.label("job_status"),
        CountedJob.outcome,
        CountedJob.ended_at,
        CountedJob.work_done,
        User.name.label("holder"),
    ),
}
OWN_KEY: dict[Source, Any] = {
    Source.REQUESTS: SR.id,
    Source.RUNS: ClockReading.number,
    Source.CALLS: FollowUp.id,
    Source.JOBS: CountedJob.id,
}


@dataclass(frozen=True)
class Line:
    """One row of the list: the request, and what of it is counted."""

    row: Any

    def __getattr__(self, name: str) -> Any:
        return getattr(self.row, name)

    @property
    def site(self) -> Named:
        return Named(self.row.site_name, self.row.site_name_en)

    @property
    def building(self) -> Named | None:
        return Named(self.row.building_name, self.row.building_name_en) if self.row.building_name else None

    @property
    def category(self) -> Named | None:
        return Named(self.row.category_name, self.row.category_name_en) if self.row.category_name else None

    @property
    def reading(self) -> Reading:
        """The run of the clock, of a list of runs."""
        row = self.row
        return Reading(
            clock=row.clock,
            round=row.round,
            started_at=row.started_at,
            due_at=row.due_at,
            warn_at=None,
            stopped_at=row.stopped_at,
            paused=row.is_paused,
            void=row.is_void,
        )


@dataclass(frozen=True)
class ListPage:
    """One page of the rows, how many there are in all, and the key after which the next page stands."""

    lines: list[Line]
    total: int
    after: str | None


def behind(scope: Scope, *measures: str, by: str = "", key: str = "", now: datetime) -> Select[Any]:
    """The rows these measures count in this scope, or in one line of a breakdown. Raises NotFound for no such line.

    The measures are of one source, and no row counts for two of them.
    """
    source = MEASURES[measures[0]].source
    asked = (
        select(*REQUEST_COLUMNS, *OWN_COLUMNS[source])
        .select_from(TABLES[source])
        .join(Site, Site.id == SR.site_id)
        .outerjoin(Unit, Unit.id == SR.unit_id)
        .outerjoin(Building, Building.id == SR.building_id)
        .outerjoin(Category, Category.id == SR.category_id)
        .where(*scope.conditions(), or_(*(CONDITIONS[name] for name in measures)))
    )
    if source is Source.JOBS:
        asked = asked.outerjoin(User, User.id == CountedJob.holder_id)
    return (asked.where(line_is(scope, by, key)) if by else asked).params(moment=now)


def page(asked: Select[Any], source: Source, *, after: str | None = None) -> ListPage:
    """One page of the list, the newest request first. Two statements. Raises NotFound for a key nobody gave out."""
    total = db.session.scalar(asked.with_only_columns(func.count())) or 0
    if after:
        asked = asked.where(_beyond(after, source))
    found = db.session.execute(_sorted(asked, source).limit(PAGE + 1)).all()
    is_more, found = len(found) > PAGE, found[:PAGE]
    return ListPage([Line(row) for row in found], total, _key_of(found[-1]) if is_more else None)


def all_lines(asked: Select[Any], source: Source) -> Iterator[Line]:
    """Every row, one after the other, for an export."""
    return (Line(row) for row in db.session.execute(_sorted(asked, source).execution_options(yield_per=500)))


def _sorted(asked: Select[Any], source: Source) -> Select[Any]:
    key = OWN_KEY[source]
    return asked.add_columns(key.label("own_key")).order_by(SR.registered_at.desc(), SR.id.desc(), key.desc())


def _key_of(row: Any) -> str:
    """Where a row stands, as a URL carries it."""
    return f"{row.registered_at:%Y%m%dT%H%M%S.%f}_{row.id.hex}_{getattr(row.own_key, 'hex', row.own_key)}"


def _beyond(key: str, source: Source) -> ColumnElement[bool]:
    """The rows after the one with this key."""
    try:
        moment, id, own = key.split("_")
        last = int(own) if source is Source.RUNS else UUID(own)
        values = (datetime.strptime(moment + "Z", "%Y%m%dT%H%M%S.%f%z"), UUID(id), last)
    except (ValueError, OverflowError) as error:
        raise NotFound() from error
    columns = (SR.registered_at, SR.id, OWN_KEY[source])
    return tuple_(*columns) < tuple_(*(literal(v, c.type) for v, c in zip(values, columns, strict=True)))
