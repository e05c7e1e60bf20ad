"""The file that is imported: a CSV, read row by row."""

import csv
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from actions.imports.case import Unreadable
from domain.errors import Invalid
from domain.wording import N_

MORE, LESS = "(more cells)", "\0"
csv.field_size_limit(10_000_000)


class Row(NamedTuple):
    """One row: the line it ends on, the share of the file read so far, and its cells by column."""

    line: int
    share: float
    cells: dict[str, str]

    def refuse_ragged(self) -> None:
        """Raises Unreadable for a row with more or fewer cells than the file has columns."""
        if MORE in self.cells:
            raise Unreadable(N_("has more cells than there are columns"))
        if any(cell is LESS for cell in self.cells.values()):
            raise Unreadable(N_("has fewer cells than there are columns"))

    def as_read(self) -> dict[str, str]:
        """The cells of the file's own columns, for a person to look at."""
        return {
            column: "" if cell is LESS else cell.replace("\0", "\\0")
            for column, cell in self.cells.items()
            if column != MORE
        }


def rows_of(path: Path, required: frozenset[str]) -> Iterator[Row]:
    """The rows of the file, read as a stream. Raises Invalid when it lacks a column of the format.

    A byte order mark is skipped; bytes that are not UTF-8 are kept as they are, to be refused with their row.
    """
    size = os.path.getsize(path) or 1
    with path.open("rb") as raw:
        text = (line.decode("utf-8", "surrogateescape") for line in raw)
        reader = csv.DictReader(text, restkey=MORE, restval=LESS)
        reader.fieldnames = [name.strip("\ufeff \t").lower() for name in reader.fieldnames or ()]
        if missing := sorted(required - set(reader.fieldnames)):
            sentence = N_("The file lacks these columns: %(columns)s.")
            raise Invalid("file", sentence, columns=", ".join(missing))
        for cells in reader:
            yield Row(reader.line_num, raw.tell() / size, cells)
