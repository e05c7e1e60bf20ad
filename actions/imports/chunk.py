"""Writing a chunk of cases: one statement for each table, whatever the number of cases."""

from collections import defaultdict
from types import SimpleNamespace
from typing import Any, NamedTuple
from uuid import UUID, uuid4, uuid5

from sqlalchemy import Table, bindparam, insert, select, update

from actions.imports import course
from actions.imports.case import Case
from actions.imports.names import building_ids, category_id, department_id, trade_id
from domain.kinds import default_class
from domain.lifecycle import RequestStatus
from domain.search_terms import terms_of
from extensions import db, now
from models import ClockReading, Event, Job, SearchText, ServiceRequest, Site

TABLES: tuple[Table, ...] = tuple(
    model.__table__ for model in (ServiceRequest, Job, Event, ClockReading, SearchText)
)  # each after those its rows refer to
Rows = dict[Table, list[dict[str, Any]]]


class Written(NamedTuple):
    """How many cases were new, and how many of them were merged."""

    cases: int
    merged: int


def write(cases: list[Case], format_name: str, names: SimpleNamespace) -> Written:
    """Write the cases that are not there yet. Inside the caller's unit of work."""
    here = present(names.site, [case.external_id for case in cases] + [c.duplicate_of for c in cases if c.duplicate_of])
    new = [case for case in cases if case.external_id not in here]
    if not new:
        return Written(0, 0)
    here |= {case.external_id for case in new}
    buildings = building_ids(names.site, (case.building for case in new))
    rows: Rows = defaultdict(list)
    for case in new:
        add_rows(rows, case, format_name, names, buildings.get(case.building), here)
    survivors = [survivor for row in rows[ServiceRequest.__table__] if (survivor := merged(row))]
    for table in TABLES:
        db.session.execute(insert(table), rows[table])
    if survivors:
        link(survivors)
    return Written(len(new), len(survivors))


def present(site: Site, external_ids: list[str]) -> set[str]:
    """Which of these cases have been brought in already."""
    asked = select(ServiceRequest.external_id).where(
        ServiceRequest.site_id == site.id, ServiceRequest.external_id.in_(external_ids)
    )
    return {id for id in db.session.scalars(asked) if id}


def id_of(site: Site, external_id: str) -> UUID:
    """The id of a case at a site: always the same, so that a duplicate finds the case it repeats."""
    return uuid5(site.id, external_id)


def add_rows(
    rows: Rows, case: Case, format_name: str, names: SimpleNamespace, building_id: UUID | None, here: set[str]
) -> None:
    """All the rows of one case."""
    site, id, job_id, moment = names.site, id_of(names.site, case.external_id), uuid4(), now()
    department, trade = department_id(names, case.department), trade_id(names)
    repeats = case.duplicate_of in here and case.duplicate_of != case.external_id
    survivor = id_of(site, case.duplicate_of) if repeats else None
    steps = course.course_of(case, format_name, department, survivor)
    shown = course.readings_of(case, steps, job_id)
    row = own_row(case, site, id, category_id(names, case.category), building_id, moment)
    row |= course.clock_columns(case, shown, moment)
    row |= {"status": course.status_after(steps), "version": len(steps), "merged_into_id": survivor}
    rows[ServiceRequest.__table__].append(row)
    rows[Job.__table__].append(course.job_of(case, id, site.id, job_id, department, trade))
    rows[Event.__table__] += course.events_of(steps, id, site.id, job_id, moment)
    rows[ClockReading.__table__] += course.clock_rows(shown, id, site.id)
    terms = terms_of([row["reference"], case.place, case.words])
    rows[SearchText.__table__].append({"site_id": site.id, "service_request_id": id, "terms": terms})


def own_row(case: Case, site: Site, id: UUID, category: UUID, building: UUID | None, moment: Any) -> dict[str, Any]:
    """The request's own row, but for status and clocks."""
    return {
        "id": id, "site_id": site.id, "reference": f"{site.code}-{case.external_id}", "external_id": case.external_id,
        "kind": case.kind, "category_id": category, "service_class": default_class(case.kind, None),
        "follow_up_share": 0, "channel": case.channel, "mood": None, "words": case.words, "unit_id": None,
        "building_id": building, "place": case.place, "resident_id": None, "caller_name": "", "caller_phone": "",
        "registered_by_id": None, "registered_at": case.opened_at, "recorded_at": moment,
        "completed_at": case.closed_at, "completed_by_id": None, "verified_at": None, "closed_at": case.closed_at,
        "times_chased": 0, "times_reopened": 0, "times_escalated": 0, "changed_at": moment,
    }  # fmt: skip


def merged(row: dict[str, Any]) -> dict[str, UUID] | None:
    """The link of a merged row, taken off it: the case it repeats may be written after it."""
    survivor = row.pop("merged_into_id")
    return {"of": row["id"], "survivor": survivor} if row["status"] is RequestStatus.MERGED else None


def link(survivors: list[dict[str, UUID]]) -> None:
    """Point the merged requests to the ones that carry on."""
    requests = ServiceRequest.__table__
    db.session.execute(
        update(requests).where(requests.c.id == bindparam("of")).values(merged_into_id=bindparam("survivor")), survivors
    )
