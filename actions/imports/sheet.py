"""A table somebody made: CSV in UTF-8 or GBK, or the first sheet of an Excel file."""

import codecs
import csv
from collections.abc import Iterator
from datetime import datetime
from io import TextIOWrapper
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile, ZipFile
from zlib import error as ZipError

from openpyxl import load_workbook

from domain.errors import Invalid
from domain.wording import N_

Line = tuple[int, float, list[str]]
"""The number of a line, from 1, the share of the file read so far, and its cells; lines without a word are left out."""

ZIP, OLD_EXCEL = b"PK\3\4", b"\xd0\xcf\x11\xe0"
MOST_UNPACKED = 300 * 1024**2  # bytes; a forged file may unpack to terabytes
PIECE = 2**16
# What openpyxl raises, depending on where a file is broken.
BROKEN = (BadZipFile, ZipError, ParseError, KeyError, ValueError, TypeError, IndexError, AttributeError, OSError)


def lines_of(file: BinaryIO) -> Iterator[Line]:
    """The lines of the table, as a stream; the file may be closed at its end. Raises Invalid for what is none."""
    beginning = file.read(4)
    file.seek(0)
    if beginning == OLD_EXCEL:
        raise Invalid("file", N_("This is an Excel file of the old kind (.xls). Save it as .xlsx or CSV, please."))
    lines = excel_lines(file) if beginning == ZIP else csv_lines(file)
    yield from ((number, share, cells) for number, share, cells in lines if any(cell.strip() for cell in cells))


def csv_lines(file: BinaryIO) -> Iterator[Line]:
    """Bytes that are neither UTF-8 nor GBK are kept as they are, to be refused with their row."""
    encoding = encoding_of(file)
    size = file.seek(0, 2) or 1
    file.seek(0)
    reader = csv.reader(TextIOWrapper(file, encoding, errors="surrogateescape", newline=""))
    try:
        for cells in reader:
            yield reader.line_num, file.tell() / size, cells
    except csv.Error as error:
        raise Invalid("file", N_("This file cannot be read as a table.")) from error


def encoding_of(file: BinaryIO) -> str:
    """UTF-8 wherever it can be, GBK with all its extensions where that can be; a byte order mark is skipped."""
    for encoding in ("utf-8-sig", "gb18030"):
        file.seek(0)
        decoder = codecs.getincrementaldecoder(encoding)()
        try:
            while piece := file.read(PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            continue
        return encoding
    return "utf-8-sig"


def excel_lines(file: BinaryIO) -> Iterator[Line]:
    """Row by row, formulas by the values they had."""
    try:
        if sum(part.file_size for part in ZipFile(file).infolist()) > MOST_UNPACKED:
            raise Invalid("file", N_("This file is too large."))
        sheet = load_workbook(file, read_only=True, data_only=True).worksheets[0]
        last = sheet.max_row or 1
        sheet.reset_dimensions()  # some programs write wrong ones, and openpyxl believes them
        for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
            yield number, min(number / last, 1), [words_of(cell) for cell in cells]
    except BROKEN as error:
        raise Invalid("file", N_("This file cannot be read as a table.")) from error


def words_of(cell: Any) -> str:
    """What a cell shows: 501 for 501.0, 2026-01-31 for a day."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
