"""Tables to take away: CSV that Excel opens with its Chinese unharmed, and Excel itself."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from flask import Response, stream_with_context
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

Cell = str | int | float | None
BYTE_ORDER_MARK = "\ufeff"
BEGINS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def guarded(cell: Cell) -> Cell:
    """Words that a spreadsheet would read as a formula are kept words."""
    if not isinstance(cell, str):
        return cell
    words = "".join(letter for letter in cell if letter >= " " or letter in "\t\r\n")
    return f"'{words}" if words.startswith(BEGINS_A_FORMULA) else words


def as_csv(rows: Iterable[Sequence[Cell]], name: str) -> Response:
    """The rows as UTF-8 CSV with a byte order mark, sent line by line."""

    def written() -> Iterable[str]:
        yield BYTE_ORDER_MARK
        for row in rows:
            line = StringIO()
            csv.writer(line).writerow([guarded(cell) for cell in row])
            yield line.getvalue()

    return sent(stream_with_context(written()), "text/csv; charset=utf-8", f"{name}.csv")


def as_excel(rows: Iterable[Sequence[Cell]], name: str) -> Response:
    """The rows as one sheet of an Excel file; its head stays in sight."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Yingda")
    sheet.freeze_panes = "A2"
    for row in rows:
        sheet.append([WriteOnlyCell(sheet, guarded(cell)) for cell in row])
    content = BytesIO()
    book.save(content)
    return sent(content.getvalue(), EXCEL, f"{name}.xlsx")


def sent(content: Iterable[str] | bytes, kind: str, file_name: str) -> Response:
    response = Response(content, content_type=kind)  # type: ignore[arg-type]
    response.headers["Content-Disposition"] = f"attachment; filename={file_name}"
    return response


FORMATS = {"csv": as_csv, "xlsx": as_excel}
