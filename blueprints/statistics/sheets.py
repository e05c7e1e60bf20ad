"""Tables to take away: CSV that Excel opens with its Chinese unharmed, and Excel itself."""

import csv
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from tempfile import SpooledTemporaryFile
from typing import Any

from flask import Response, send_file
from openpyxl import Workbook

from domain.errors import NotFound

Cell = str | int | float | None
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
IN_MEMORY = 2**20  # bytes


def guarded(cell: Cell) -> Cell:
    """Words that a spreadsheet would read as a formula are kept words."""
    if not isinstance(cell, str):
        return cell
    words = "".join(letter for letter in cell if letter >= " " or letter in "\t\r\n")
    return f"'{words}" if words.startswith(BEGINS_A_FORMULA) else words


def as_csv(rows: Iterable[Sequence[Cell]], file: Any) -> None:
    """The rows as UTF-8 CSV with a byte order mark."""
    words = TextIOWrapper(file, "utf-8-sig", newline="")
    csv.writer(words).writerows([guarded(cell) for cell in row] for row in rows)
    words.flush()
    words.detach()


def as_excel(rows: Iterable[Sequence[Cell]], file: Any) -> None:
    """The rows as one sheet of an Excel file; its head stays in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Yingda")
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([guarded(cell) for cell in row])
    book.save(file)


FORMS = {
    "csv": (as_csv, "text/csv; charset=utf-8"),
    "xlsx": (as_excel, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
}


def sent(form: str, rows: Iterable[Sequence[Cell]], name: str) -> Response:
    """The rows as a file to keep; a long one is written to the disk. Raises NotFound for another form."""
    if form not in FORMS:
        raise NotFound()
    write, kind = FORMS[form]
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - closed with the answer
    write(rows, file)
    file.seek(0)
    return send_file(file, kind, as_attachment=True, download_name=f"{name}.{form}")
