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
    originals = set_aside(connection)
    copies = max(0, (wanted - have) // originals)
    if connection.dialect.name == "postgresql":  # whatever a copy refers to is there: its original proves it
        connection.execute(text("SET session_replication_role = replica"))
    for first in range(1, copies + 1, PER_STATEMENT):
        last = min(first + PER_STATEMENT - 1, copies)
        for name, keys in COPIED.items():
            connection.execute(text(copying(connection, db.metadata.tables[name], keys, first, last, copies)))
        connection.commit()
    connection.execute(text("ANALYZE"))
    connection.commit()
    connection.invalidate()  # with its settings and its temporary tables
    return connection.scalar(text("SELECT count(*) FROM service_request"))


def set_aside(connection: Connection) -> int:
    """The rows to copy, each table's in a temporary one, so that no copying reads copies. Returns how many requests."""
    for name in COPIED:
        owner = "id" if name == "service_request" else "service_request_id"
        finished = f"SELECT id FROM service_request WHERE status IN {FINISHED} AND external_id IS NULL"
        rows = f"SELECT * FROM {name} WHERE {owner} IN ({finished})"
        connection.execute(text(f"CREATE TEMPORARY TABLE original_{name} AS {rows}"))
    connection.commit()
    return connection.scalar(text("SELECT count(*) FROM original_service_request"))


def plain(column: str) -> str:
    """A key as 32 hexadecimal digits, on either database."""
    return f"replace(CAST({column} AS text), '-', '')"


def copying(connection: Connection, table: Table, keys: set[str], first: int, last: int, copies: int) -> str:
    """The statement that writes copies `first` to `last` of every row that was set aside."""
    columns = [c.name for c in table.columns if c.computed is None and c is not table.autoincrement_column]
    values = [value_of(connection, table, name, keys, copies) for name in columns]
    numbers = f"WITH RECURSIVE copy(n) AS (SELECT {first} UNION ALL SELECT n + 1 FROM copy WHERE n < {last})"
    return (
        f"INSERT INTO {table.name} ({quoted(columns)}) {numbers} "
        f"SELECT {', '.join(values)} FROM original_{table.name}, copy"
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
