"""Shared column shapes, so that every table is spelled the same way."""

from datetime import UTC, datetime
from typing import Annotated, Any
from uuid import UUID, uuid4

from sqlalchemy import JSON, DateTime, ForeignKey, String, Text, TypeDecorator
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import Relationship, mapped_column, relationship

from extensions import now


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept in UTC. SQLite forgets the zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC going in. Raises ValueError for a moment that does not say its zone."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment without a zone: {value}")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC coming out."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


PLAIN_JSON = JSON().with_variant(JSONB(), "postgresql")

uuid_key = Annotated[UUID, mapped_column(primary_key=True, default=uuid4)]
moment = Annotated[datetime, mapped_column(Moment)]
recorded = Annotated[datetime, mapped_column(Moment, default=now)]
short = Annotated[str, mapped_column(String(40))]
title = Annotated[str, mapped_column(String(200))]
prose = Annotated[str, mapped_column(Text)]
facts = Annotated[dict[str, Any], mapped_column(PLAIN_JSON, default=dict)]
values = Annotated[list[Any], mapped_column(PLAIN_JSON, default=list)]


def refers_to(target: str, *, index: bool = True, **options: Any) -> Any:
    """A column holding the key of another row: `refers_to("site.id")`."""
    return mapped_column(ForeignKey(target), index=index, **options)


def related(**options: Any) -> Relationship[Any]:
    """A relationship that never queries behind the template's back."""
    return relationship(lazy="raise_on_sql", **options)
