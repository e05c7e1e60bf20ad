"""Bringing in the service requests of another system: as a stream, a thousand at a time, each case once."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from actions.imports.case import Case, Unreadable
from actions.imports.chunk import write
from actions.imports.formats import FORMATS, Format
from actions.imports.names import names_of
from actions.imports.rejected import Rejected
from actions.imports.source import Row, rows_of
from actions.unit_of_work import unit_of_work
from extensions import now
from queries import sites

CHUNK = 1000


@dataclass
class Totals:
    """What became of the rows of a file: read = brought_in + known + rejected."""

    read: int = 0
    brought_in: int = 0
    merged: int = 0  # of these, linked to the case they repeat
    known: int = 0  # brought in before, or earlier in the file
    rejected: int = 0


def import_service_requests(
    path: Path,
    format_name: str,
    site_code: str,
    rejected_path: Path,
    progress: Callable[[float], None] = lambda share: None,
) -> Totals:
    """Bring in what the file holds; run again, it goes on where it stopped and takes nothing twice.

    Rows that cannot be taken are written to `rejected_path` with their line and the reason; the rest is not held up by
    them. Local times are those of the site's zone. `progress` is told the share done, from 0 to 1. Raises Invalid for
    an unknown site, or a file that lacks a column.
    """
    site = sites.of_code(site_code)
    totals = Totals()
    rows = rows_of(path, FORMATS[format_name].required)
    with unit_of_work():
        names = names_of(site)
    with Rejected(rejected_path) as rejected:
        while chunk := list(islice(rows, CHUNK)):
            take(chunk, format_name, names, totals, rejected)
            progress(chunk[-1].share)
    return totals


def take(chunk: list[Row], format_name: str, names: SimpleNamespace, totals: Totals, rejected: Rejected) -> None:
    """A thousand rows in one unit of work."""
    cases: dict[str, Case] = {}
    zone = ZoneInfo(names.site.zone)
    for row in chunk:
        totals.read += 1
        try:
            case = readable(row, FORMATS[format_name], zone)
        except Unreadable as reason:
            totals.rejected += 1
            rejected.add(row, str(reason))
            continue
        if case.external_id in cases:
            totals.known += 1
        cases.setdefault(case.external_id, case)
    with unit_of_work():
        written = write(list(cases.values()), format_name, names)
    totals.brought_in += written.cases
    totals.merged += written.merged
    totals.known += len(cases) - written.cases


def readable(row: Row, format: Format, zone: ZoneInfo) -> Case:
    """The case of a row. Raises Unreadable."""
    row.refuse_ragged()
    case = format.case_of(row.cells, zone)
    if max(case.opened_at, case.closed_at or case.opened_at) > now():
        raise Unreadable("lies in the future")
    if case.closed_at and case.closed_at < case.opened_at:
        raise Unreadable("closed before it was opened")
    return case
