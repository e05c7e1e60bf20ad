"""Reading cells as people leave them: full-width digits, no-break spaces, line breaks, dates in several shapes."""

import re
from datetime import UTC, datetime
from unicodedata import normalize
from zoneinfo import ZoneInfo

from actions.imports.case import Unreadable
from domain.wording import N_

DATE_SHAPES = ("%Y/%m/%d %H:%M:%S", "%Y/%m/%d %H:%M", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M")
EARLIEST = 1990
BROKEN = re.compile("[\ud800-\udfff]")  # what was not UTF-8


def text_of(cell: str, longest: int | None = None) -> str:
    """The cell on one line, in ordinary letters and digits. Raises Unreadable for what no text may hold."""
    if "\0" in cell:
        raise Unreadable(N_("contains a NUL character"))
    if not cell.isascii():
        if BROKEN.search(cell):
            raise Unreadable(N_("is not UTF-8"))
        cell = normalize("NFKC", cell)
    return " ".join(cell.split())[:longest]


def moment_of(cell: str, zone: ZoneInfo, name: str) -> datetime | None:
    """The local time of the cell as a moment in UTC; None for an empty one. Raises Unreadable, naming the column."""
    text = text_of(cell)
    if not text:
        return None
    local = local_time(text)
    if local is None:
        raise Unreadable(f"{name}: {text[:40]} is not a date")
    if local.year < EARLIEST:
        raise Unreadable(f"{name}: {text[:40]} is too long ago")
    return local.replace(tzinfo=zone).astimezone(UTC)


def local_time(text: str) -> datetime | None:
    """What the text says, without a zone: ISO as most systems write it, else one of the other shapes."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        pass  # one of the other shapes, then
    for shape in DATE_SHAPES:
        try:
            return datetime.strptime(text, shape)  # noqa: DTZ007 (the file's zone is its site's)
        except ValueError:
            continue
    return None
