"""Bringing in the list of units and residents a site already has, five hundred rows at a time, nobody twice."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO

from actions.administration import note
from actions.imports.case import Unreadable
from actions.imports.resident_row import COLUMNS, columns_in, entry_of
from actions.imports.settling import known_at, settle
from actions.imports.sheet import Line, lines_of
from actions.imports.source import MORE, Row
from actions.unit_of_work import unit_of_work
from domain.days import local_day
from domain.errors import Invalid
from domain.wording import N_
from extensions import now
from models import Building, Resident, Site, Unit, User
from queries import sites

CHUNK = 500
HEAD_WITHIN = 10  # lines; above the head there may be a title
Refuse = Callable[[Row, Unreadable], None]
Progress = Callable[[float], None]


@dataclass
class Totals:
    """What became of the rows of a list: read = brought_in + known + rejected; and what was made for them."""

    read: int = 0
    brought_in: int = 0
    known: int = 0  # nothing of the row was new
    rejected: int = 0
    buildings: int = 0
    units: int = 0
    residents: int = 0


def import_residents(
    file: BinaryIO, site: Site, *, by: User | None, refuse: Refuse, progress: Progress = lambda share: None
) -> Totals:
    """Take the list, CSV or Excel; `refuse` is told each row that cannot be taken, `progress` the share done, 0 to 1.

    Taken again, nothing changes. Raises Invalid for a file that is no table or lacks the column of units.
    """
    totals, rows = Totals(), rows_of(lines_of(file))
    while chunk := list(islice(rows, CHUNK)):
        take(chunk, site, totals, refuse)
        progress(chunk[-1].share)
    if totals.brought_in:
        made = {name: (None, getattr(totals, name)) for name in ("brought_in", "buildings", "units", "residents")}
        with unit_of_work():
            note(
                "residents_imported", by=by, company_id=site.company_id, subject=site.name, subject_id=site.id,
                changes=made,
            )  # fmt: skip
    return totals


def rows_of(lines: Iterator[Line]) -> Iterator[Row]:
    """The rows below the head of the table. Raises Invalid where no line of the first ten is a head."""
    for _, _, head in islice(lines, HEAD_WITHIN):
        if "unit" in columns_in(head):
            break
    else:
        raise Invalid("file", N_("The file lacks these columns: %(columns)s."), columns=COLUMNS["unit"][0])
    while head and not head[-1].strip():
        head.pop()
    for number, share, cells in lines:
        row = dict(zip(head, cells + [""] * len(head), strict=False))
        yield Row(number, share, row | ({MORE: "…"} if any(cells[len(head) :]) else {}))


def take(chunk: list[Row], site: Site, totals: Totals, refuse: Refuse) -> None:
    """Some rows in one unit of work."""
    entries, columns = [], columns_in(list(chunk[0].cells))
    for row in chunk:
        totals.read += 1
        try:
            row.refuse_ragged()
            cells = list(row.cells.values())
            entries.append(entry_of({name: cells[place] for name, place in columns.items()}))
        except Unreadable as reason:
            totals.rejected += 1
            refuse(row, reason)
    with unit_of_work():
        sites.hold(site.id)
        here = known_at(site, entries, local_day(now(), site.zone))
        brought_in = sum(settle(entry, here) for entry in entries)
    totals.brought_in += brought_in
    totals.known += len(entries) - brought_in
    totals.buildings += here.new[Building]
    totals.units += here.new[Unit]
    totals.residents += here.new[Resident]
