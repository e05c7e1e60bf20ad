"""All rows of the database as they were, to compare with and to go back to."""

import pickle
import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

from sqlalchemy import insert, text

from extensions import db, redis_connection
from tests import databases

WRITTEN = re.compile(r'(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)')


class Snapshot:
    """What is stored at this moment."""

    def __init__(self) -> None:
        self.rows = everything()

    def restore(self) -> None:
        """Back to it, whatever has happened since."""
        databases.empty(db.engine, db.metadata)
        self.put_back(self.rows)

    def undo(self, statements: Iterable[str]) -> None:
        """Back to it, where nothing but these statements has been run since."""
        written = {name for statement in statements for name in WRITTEN.findall(statement)}
        self.put_back(written & self.rows.keys(), delete=True)

    def put_back(self, names: Collection[str], *, delete: bool = False) -> None:
        """The rows of these tables, in place of none or of those there are. References are looked at in the end."""
        with db.engine.begin() as connection:
            is_sqlite = db.engine.dialect.name == "sqlite"
            not_yet = "PRAGMA defer_foreign_keys = ON" if is_sqlite else "SET LOCAL session_replication_role = replica"
            connection.execute(text(not_yet))
            for name in names:
                table = db.metadata.tables[name]
                stored = [column.name for column in table.columns if column.computed is None]
                if delete:
                    connection.execute(table.delete())
                if rows := self.rows[name]:
                    connection.execute(insert(table), [{k: row[k] for k in stored} for row in rows])

    def changes(self) -> dict[str, list[dict]]:
        """The rows that are new or different, by table; of a table that lost some, all that are left."""
        now = everything()
        return {
            name: [row for row in rows if row not in self.rows[name]] or rows
            for name, rows in now.items()
            if len(rows) != len(self.rows[name]) or any(row not in self.rows[name] for row in rows)
        }


def everything() -> dict[str, list[dict]]:
    """Every row of every table."""
    with db.engine.connect() as connection:
        return {
            table.name: [dict(row._mapping) for row in connection.execute(table.select())]
            for table in db.metadata.sorted_tables
        }


class Scenes:
    """What many tests begin with: told once in each worker, through the actions of the product, then put back."""

    def __init__(self) -> None:
        self.told: dict[str, tuple[Snapshot, bytes]] = {}

    def begin(self, name: str, tell: Callable[[], Any]) -> Any:
        """What `tell()` returned the first time, as new as then, with all that it had stored. Nobody was rung up.

        The name stands for everything the scene depends on: whoever was there before, and the moment.
        """
        if name in self.told:
            self.told[name][0].restore()
        else:
            answer = tell()
            db.session.remove()
            redis_connection().flushdb()
            self.told[name] = Snapshot(), pickle.dumps(answer)
        return pickle.loads(self.told[name][1])
