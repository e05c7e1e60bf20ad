"""As many rows as asked for: the finished requests of the demo estate, copied inside the database.

A copy's keys are the original's with the first eight digits replaced by the number of the copy, so that everything
that belongs to a request still does. A copy happened some days earlier than its original.
"""

from collections.abc import Iterable

from sqlalchemy import Connection, Table, text

from extensions import db

FINISHED = ("closed", "cancelled")
SPREAD_DAYS = 730  # copies lie in the two years before
PER_STATEMENT = 20  # copies of every finished request that one statement writes

# Each table with its columns that hold a copied key; the others keep their value.
COPIED = {
    "service_request": {"id"},
    "job": {"id", "service_request_id"},
    "event": {"id", "service_request_id", "job_id"},
    "clock_reading": {"service_request_id"},
    "follow_up": {"id", "service_request_id"},
    "search_text": {"service_request_id"},
}


def grow(connection: Connection, wanted: int) -> int:
    """Copy until there are about `wanted` service requests. Returns how many there are."""
    have = connection.scalar(text("SELECT count(*) FROM service_request"))
    originals = connection.scalar(text(f"SELECT count(*) FROM service_request WHERE {finished()}"))
    copies = max(0, (wanted - have) // originals)
    for first in range(1, copies + 1, PER_STATEMENT):
        last = min(first + PER_STATEMENT - 1, copies)
        for name, keys in COPIED.items():
            if name in db.metadata.tables:
                connection.execute(text(copying(connection, db.metadata.tables[name], keys, first, last, copies)))
        connection.commit()
    connection.execute(text("ANALYZE"))
    connection.commit()
    return connection.scalar(text("SELECT count(*) FROM service_request"))


def finished() -> str:
    """The condition of a request that may be copied: finished, merged with nothing, and no copy itself."""
    return f"status IN {FINISHED} AND substr({plain('id')}, 1, 4) <> '0000' AND external_id IS NULL"


def plain(column: str) -> str:
    """A key as 32 hexadecimal digits, on either database."""
    return f"replace(CAST({column} AS text), '-', '')"


def copying(connection: Connection, table: Table, keys: set[str], first: int, last: int, copies: int) -> str:
    """The statement that writes copies `first` to `last` of every row that belongs to a finished request."""
    columns = [c.name for c in table.columns if c.computed is None and c is not table.autoincrement_column]
    values = [value_of(connection, table, name, keys, copies) for name in columns]
    owner = "id" if table.name == "service_request" else "service_request_id"
    numbers = f"WITH RECURSIVE copy(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM copy WHERE n < {last})"
    return (
        f"INSERT INTO {table.name} ({quoted(columns)}) {numbers} SELECT {', '.join(values)} FROM {table.name}, copy "
        f"WHERE {owner} IN (SELECT id FROM service_request WHERE {finished()})"
    )


def value_of(connection: Connection, table: Table, name: str, keys: set[str], copies: int) -> str:
    """What stands in a column of the copy `copy.n`."""
    on_postgresql = connection.dialect.name == "postgresql"
    if name in keys:
        digits = "lpad(to_hex(copy.n), 8, '0')" if on_postgresql else "printf('%08x', copy.n)"
        key = f"{digits} || substr({plain(name)}, 9)"
        return f"CAST({key} AS uuid)" if on_postgresql else f"CASE WHEN {name} IS NULL THEN NULL ELSE {key} END"
    if name == "reference":
        return "reference || '-' || copy.n"
    if name.endswith("_at"):
        shift = f"(copy.n * {SPREAD_DAYS}.0 / {copies})"
        if on_postgresql:
            return f"\"{name}\" - {shift} * interval '1 day'"
        return f"strftime('%Y-%m-%d %H:%M:%f', {name}, '-' || {shift} || ' days') || '000'"
    return f'"{name}"'


def quoted(columns: Iterable[str]) -> str:
    """Names that may be words of SQL."""
    return ", ".join(f'"{name}"' for name in columns)
