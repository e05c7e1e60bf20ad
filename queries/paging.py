"""Lists are paged by the key of their last row, never by counting rows off: a page costs the same wherever it is."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Integer, Select, Uuid, and_, bindparam, or_, tuple_

from models import ServiceRequest
from models.columns import Moment

PAGE = 50
# A key is given when a statement is run (Key.given), so that statements are put together once and not for every page.
RANK, MOMENT, ID = (
    bindparam("key_rank", type_=Integer),
    bindparam("key_moment", type_=Moment),
    bindparam("key_id", type_=Uuid),
)


@dataclass(frozen=True)
class Key:
    """Where a row stands in an order; `moment` (aware UTC) is None only in the last rank."""

    rank: int
    moment: datetime | None
    id: UUID

    def __str__(self) -> str:
        """As a URL carries it: `0_20261122T010500.123456_5f0c…`."""
        moment = f"{self.moment:%Y%m%dT%H%M%S.%f}" if self.moment else ""
        return f"{self.rank}_{moment}_{self.id.hex}"

    @property
    def given(self) -> dict[str, Any]:
        """The key as Order.beyond() asks for it."""
        return {"key_rank": self.rank, "key_moment": self.moment, "key_id": self.id}

    @classmethod
    def read(cls, text: str) -> "Key":
        """The key a URL carries. Raises ValueError for anything else."""
        rank, moment, id = text.split("_")
        if len(rank) != 1:  # no database can count that far
            raise ValueError(text)
        return cls(int(rank), datetime.strptime(moment + "Z", "%Y%m%dT%H%M%S.%f%z") if moment else None, UUID(id))


@dataclass(frozen=True)
class Order:
    """An order that an index gives: ranks first where there are any, then a moment, then the id."""

    rank: Any
    moment: Any
    descending: bool = False

    @property
    def columns(self) -> tuple[Any, ...]:
        return tuple(column for column in (self.rank, self.moment, ServiceRequest.id) if column is not None)

    def key_of(self, row: Any) -> Key:
        """The key of a row that was selected with clock_rank, moment and id."""
        return Key(0 if self.rank is None else row.clock_rank, row.moment, row.id)

    def sorted(self, asked: Select[Any], *, backwards: bool) -> Select[Any]:
        """The statement in this order, or from its end."""
        return asked.order_by(*(c.desc() if self.descending != backwards else c.asc() for c in self.columns))

    def beyond(self, *, has_moment: bool, backwards: bool) -> ColumnElement[bool]:
        """The rows that come after a key, or before it; whether the key has a moment decides how it is said."""
        upwards = self.descending == backwards
        if not has_moment and self.rank is not None:  # the last rank, in which only ids tell rows apart
            in_rank = and_(self.rank == RANK, ServiceRequest.id > ID if upwards else ServiceRequest.id < ID)
            return in_rank if upwards else or_(self.rank < RANK, in_rank)
        here, there = tuple_(*self.columns), tuple_(*((MOMENT, ID) if self.rank is None else (RANK, MOMENT, ID)))
        return here > there if upwards else here < there


MOST_URGENT_FIRST = Order(ServiceRequest.clock_rank, ServiceRequest.next_due_at)
NEXT_CALL_FIRST = Order(None, ServiceRequest.call_at)
NEWEST_FIRST = Order(None, ServiceRequest.registered_at, descending=True)
