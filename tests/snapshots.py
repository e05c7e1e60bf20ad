"""All rows of the database as they were, to compare with and to go back to."""

from sqlalchemy import insert, text

from extensions import db
from tests import databases


class Snapshot:
    """What is stored at this moment."""

    def __init__(self) -> None:
        self.rows = everything()

    def restore(self) -> None:
        """Back to it, whatever has happened since."""
        databases.empty(db.engine, db.metadata)
        with db.engine.begin() as connection:
            is_sqlite = db.engine.dialect.name == "sqlite"
            not_yet = "PRAGMA defer_foreign_keys = ON" if is_sqlite else "SET LOCAL session_replication_role = replica"
            connection.execute(text(not_yet))
            for name, rows in self.rows.items():
                table = db.metadata.tables[name]
                stored = {column.name for column in table.columns if column.computed is None}
                if rows:
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
