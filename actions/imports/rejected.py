"""The CSV of rows that could not be taken: made with the first of them, so that there is none when all went well."""

import csv
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from actions.imports.source import Row

OUR_COLUMNS = ("line", "refused_because")  # such as no other system has: Boston's files have a "reason" of their own


class Rejected:
    """Writes each refused row with its line, the reason, and its cells as they were (what is not text escaped)."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writer: Any = None
        self.open_files = ExitStack()

    def __enter__(self) -> "Rejected":
        return self

    def __exit__(self, *_: object) -> None:
        self.open_files.close()

    def add(self, row: Row, reason: str) -> None:
        """One more. Raises OSError where the file cannot be written."""
        cells = row.as_read()
        if self.writer is None:
            file = self.path.open("w", encoding="utf-8", errors="backslashreplace", newline="")
            self.writer = csv.writer(self.open_files.enter_context(file))
            self.writer.writerow([*OUR_COLUMNS, *cells])
        self.writer.writerow([row.line, reason, *cells.values()])
