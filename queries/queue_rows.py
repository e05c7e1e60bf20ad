"""One line of the queue: what is printed and nothing else."""

from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import func

from domain.kinds import Kind
from domain.lifecycle import OPEN, RequestStatus
from domain.readings import Reading
from models import Building, Category, Resident, ServiceRequest, Site, Unit

LONGEST = 160  # characters of the words; the line shows fewer

COLUMNS = (
    ServiceRequest.id,
    ServiceRequest.reference,
    ServiceRequest.kind,
    ServiceRequest.status,
    ServiceRequest.place,
    ServiceRequest.caller_name,
    ServiceRequest.registered_at,
    ServiceRequest.times_chased,
    ServiceRequest.times_reopened,
    ServiceRequest.times_escalated,
    ServiceRequest.clock_rank,
    ServiceRequest.next_clock,
    ServiceRequest.next_due_at,
    ServiceRequest.next_warn_at,
    ServiceRequest.clock_started_at,
    ServiceRequest.clock_paused,
    ServiceRequest.next_try_at,
    ServiceRequest.call_at,
    func.substr(ServiceRequest.words, 1, LONGEST).label("words"),
    Site.name.label("site_name"),
    Site.name_en.label("site_name_en"),
    Unit.label.label("unit_label"),
    Building.name.label("building_name"),
    Building.name_en.label("building_name_en"),
    Category.name.label("category_name"),
    Category.name_en.label("category_name_en"),
    Resident.name.label("resident_name"),
)


class Named(NamedTuple):
    """Something with a name in both languages."""

    name: str
    name_en: str


class Holder(NamedTuple):
    """The department that has an open job, and its person if it has one."""

    name: str
    name_en: str
    person: str | None


class QueueRow(NamedTuple):
    """A service request as the queue prints it. A tuple, because drawn rows are found again by it."""

    id: UUID
    reference: str
    kind: Kind
    status: RequestStatus
    site: Named
    unit: str | None
    building: Named | None
    place: str
    category: Named | None
    words: str
    caller: str
    registered_at: datetime
    times_chased: int
    times_reopened: int
    times_escalated: int
    reading: Reading | None  # the next clock as it was kept on the row; None without a deadline
    next_try_at: datetime | None  # when a resident who did not answer is called again
    holders: tuple[Holder, ...]

    @property
    def is_open(self) -> bool:
        """Whether something is still to be done."""
        return self.status in OPEN

    @property
    def is_marked(self) -> bool:
        """Whether somebody was not content with how it goes."""
        return bool(self.times_chased or self.times_reopened or self.times_escalated)

    @classmethod
    def of(cls, row: Any, holders: tuple[Holder, ...]) -> "QueueRow":
        """The line for a row selected with COLUMNS."""
        return cls(
            id=row.id,
            reference=row.reference,
            kind=row.kind,
            status=row.status,
            site=Named(row.site_name, row.site_name_en),
            unit=row.unit_label,
            building=Named(row.building_name, row.building_name_en) if row.building_name else None,
            place=row.place,
            category=Named(row.category_name, row.category_name_en) if row.category_name else None,
            words=row.words,
            caller=row.caller_name or row.resident_name or "",
            registered_at=row.registered_at,
            times_chased=row.times_chased,
            times_reopened=row.times_reopened,
            times_escalated=row.times_escalated,
            reading=next_reading(row),
            next_try_at=row.next_try_at,
            holders=holders,
        )


def next_reading(row: Any) -> Reading | None:
    """The clock that was due next at the last event."""
    if row.next_clock is None:
        return None
    return Reading(
        clock=row.next_clock,
        round=1,
        started_at=row.clock_started_at,
        due_at=row.next_due_at,
        warn_at=row.next_warn_at,
        paused=row.clock_paused,
    )
