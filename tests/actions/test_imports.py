"""Bringing in another system's cases: each once, whatever the rows look like, and with the truth about deadlines."""

import csv
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from actions.imports.cells import local_time, text_of
from actions.imports.service_requests import import_service_requests
from actions.sites import add_site
from domain.channels import Channel
from domain.clocks import Clock
from domain.errors import Invalid
from domain.lifecycle import RequestStatus
from domain.outcomes import Outcome
from domain.readings import State, next_reading
from extensions import db, now
from models import Building, Category, ClockReading, Event, Job, SearchText, ServiceRequest
from queries import clocks

DATA = Path(__file__).parents[1] / "data"
HOUSING, THIRD_QUARTER = DATA / "boston311_housing_sample.csv", DATA / "boston311_q3_sample.csv"
COLUMNS = "case_id,open_dt,target_dt,closed_dt,type,source,building,is_duplicate,duplicate_of"


@pytest.fixture
def boston(app):
    """A site on Boston's wall clock."""
    return add_site("BO", "Boston", property_type="residential", zone="America/New_York", company_name="City of Boston")


@pytest.fixture
def taken(boston, tmp_path):
    """`taken(path or rows)`: what became of them; refused rows are in `refused()`."""

    def bring_in(source):
        path = source
        if not isinstance(source, Path):
            path = tmp_path / "cases.csv"
            path.write_bytes(source if isinstance(source, bytes) else "\n".join([COLUMNS, *source]).encode())
        return import_service_requests(path, "boston311", "BO", tmp_path / "refused.csv")

    return bring_in


@pytest.fixture
def refused(tmp_path):
    def read():
        path = tmp_path / "refused.csv"
        return list(csv.DictReader(path.open(encoding="utf-8"))) if path.exists() else []

    return read


def requests() -> dict[str, ServiceRequest]:
    """Everything that is there, by the number the other system gave it."""
    asked = select(ServiceRequest).options(
        joinedload(ServiceRequest.site),
        joinedload(ServiceRequest.building),
        joinedload(ServiceRequest.category),
        selectinload(ServiceRequest.events),
        selectinload(ServiceRequest.jobs),
        selectinload(ServiceRequest.readings),
    )
    return {request.external_id: request for request in db.session.scalars(asked)}


def verdicts() -> Counter:
    """How the completion clocks ended: met, late, open, none (no deadline)."""
    rows = db.session.scalars(select(ClockReading).where(ClockReading.clock == Clock.COMPLETE))
    return Counter(
        "none" if row.due_at is None else "open" if row.stopped_at is None else "late" if row.is_late else "met"
        for row in rows
    )


@pytest.mark.parametrize("path", [HOUSING, THIRD_QUARTER], ids=["housing", "third quarter"])
def test_deadlines_are_judged_as_the_source_judges_them(taken, path):
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    with_deadline = [row for row in rows if row["target_dt"]]
    assert taken(path).brought_in == len(rows)
    assert verdicts() == Counter(
        {
            "met": sum(1 for row in with_deadline if row["closed_dt"] and row["closed_dt"] <= row["target_dt"]),
            "late": sum(1 for row in with_deadline if row["closed_dt"] > row["target_dt"]),
            "open": sum(1 for row in with_deadline if not row["closed_dt"]),
            "none": len(rows) - len(with_deadline),
        }
    )


def test_a_second_run_takes_nothing_twice(taken):
    def counts():
        return [db.session.scalar(select(func.count()).select_from(table)) for table in db.metadata.sorted_tables]

    first, rows = taken(HOUSING), counts()
    again = taken(HOUSING)
    assert (first.brought_in, again.brought_in, again.known) == (first.read, 0, first.read)
    assert counts() == rows


def test_what_is_kept_is_what_the_clocks_answer(taken):
    taken(HOUSING)
    for service_request in requests().values():
        shown = clocks.of_service_request(service_request)
        assert [(r.clock, r.due_at, r.stopped_at, r.void) for r in shown] == [
            (row.clock, row.due_at, row.stopped_at, row.is_void) for row in service_request.readings
        ]
        reading = next_reading(clocks.of_service_request(service_request))
        assert (service_request.next_clock, service_request.next_due_at) == (
            (reading.clock, reading.due_at) if reading else (None, None)
        )
        assert service_request.version == len(service_request.events)


def test_the_course_of_a_case_is_one_the_lifecycle_allows(taken):
    taken(["1,2011-07-01 08:00:00,2011-07-08 08:00:00,2011-07-02 09:30:00,Graffiti,Constituent Call,B1,0,"])
    (case,) = requests().values()
    assert case.status is RequestStatus.CLOSED
    assert [event.action for event in sorted(case.events, key=lambda event: event.sequence)] == [
        "register", "dispatch", "complete", "conclude", "close_without_call",
    ]  # fmt: skip
    assert case.registered_at == datetime(2011, 7, 1, 12, tzinfo=UTC)  # Boston's summer
    assert case.closed_at == datetime(2011, 7, 2, 13, 30, tzinfo=UTC)
    assert (case.channel, case.building.code, case.unit_id) == (Channel.PHONE, "B1", None)
    assert db.session.get_one(Category, case.category.trade_id).code == "imported"
    assert all(event.told_at for event in case.events)
    assert case.next_alarm_at is None


def test_a_case_without_a_deadline_has_no_verdict(taken):
    taken(["1,2011-07-01 08:00,,2011-07-02 09:30,Graffiti,call,,0,"])
    (case,) = requests().values()
    (complete,) = [reading for reading in clocks.of_service_request(case) if reading.clock is Clock.COMPLETE]
    assert complete.state(now()) is State.NOT_SET


def test_an_open_case_is_in_its_departments_hands_and_late(taken):
    taken(["1,2011-07-01 08:00,2011-07-03 08:00,,Graffiti,app,,0,"])
    (case,) = requests().values()
    assert (case.status, case.next_clock) == (RequestStatus.IN_PROGRESS, Clock.COMPLETE)
    assert len(case.jobs) == 1 and case.jobs[0].outcome is None


def test_nobody_home_and_no_access_are_outcomes(taken):
    taken(HOUSING)
    with HOUSING.open(encoding="utf-8") as file:
        notes = [row["closure_note"] for row in csv.DictReader(file)]
    outcomes = Counter(db.session.scalars(select(Job.outcome)))
    assert outcomes[Outcome.NOBODY_HOME] == sum("Not Home" in note for note in notes) > 0
    assert outcomes[Outcome.NO_ACCESS] == sum("No Access" in note for note in notes) > 0


def test_a_duplicate_keeps_its_verdict_and_points_to_the_first_case(taken):
    totals = taken(
        [
            "2,2011-07-01 09:00,2011-07-03 09:00,2011-07-02 09:00,Graffiti,call,B1,1,1",
            "1,2011-07-01 08:00,2011-07-03 08:00,2011-07-05 08:00,Graffiti,call,B1,0,",
            "3,2011-07-01 10:00,2011-07-03 08:00,2011-07-02 08:00,Graffiti,call,B1,1,99",
        ]
    )
    cases = requests()
    assert totals.merged == 1
    assert (cases["2"].status, cases["2"].merged_into_id) == (RequestStatus.MERGED, cases["1"].id)
    assert cases["3"].status is RequestStatus.CLOSED  # the case it repeats is not here
    assert cases["3"].events[0].details["duplicate_of"] == "99"
    assert verdicts() == Counter(met=2, late=1)


def test_bad_rows_are_listed_with_line_and_reason_and_hold_up_nothing(taken, refused):
    totals = taken(
        [
            "1,2011-07-01 08:00,,,Graffiti,call,,0,",
            "2,2011-07-01 08:00,,,Graf\0fiti,call,,0,",
            "3,2011-13-45 08:00,,,Graffiti,call,,0,",
            "4,,,,Graffiti,call,,0,",
            "5,2011-07-01 08:00",
            "6,2011-07-01 08:00,,,Graffiti,call,,0,,and,more",
            "7,2999-07-01 08:00,,,Graffiti,call,,0,",
            "8,2011-07-03 08:00,,2011-07-01 08:00,Graffiti,call,,0,",
            ",2011-07-03 08:00,,,Graffiti,call,,0,",
            "9,2011-07-01 08:00,,,Graffiti,call,,0,",
        ]
    )
    assert (totals.read, totals.brought_in, totals.rejected) == (10, 2, 8)
    assert sorted(requests()) == ["1", "9"]
    assert [(int(row["line"]), row["refused_because"]) for row in refused()] == [
        (3, "contains a NUL character"),
        (4, "open_dt: 2011-13-45 08:00 is not a date"),
        (5, "open_dt: missing"),
        (6, "has fewer cells than there are columns"),
        (7, "has more cells than there are columns"),
        (8, "lies in the future"),
        (9, "closed before it was opened"),
        (10, "case_id: missing or too long"),
    ]


def test_rows_are_taken_as_people_leave_them(taken, refused):
    rows = [
        "\ufeff" + COLUMNS,
        "１２３,2011/7/1 8:00,,,Blocked\xa0 drain,call,,0,",
        '124,07/02/2011 08:15:00 PM,,,"Two\nlines\tand a tab",call,,0,',
        "",
        "125,2011-07-01 08:00:00,,,漏水 😀,carrier pigeon,,0,",
    ]
    assert taken("\r\n".join(rows).encode()).brought_in == 3
    cases = requests()
    assert {number: case.words for number, case in cases.items()} == {
        "123": "Blocked drain", "124": "Two lines and a tab", "125": "漏水 😀",
    }  # fmt: skip
    assert cases["124"].registered_at == datetime(2011, 7, 3, 0, 15, tzinfo=UTC)
    assert cases["125"].channel is Channel.OTHER
    assert refused() == []


def test_bytes_that_are_not_text_cost_only_their_row(taken, refused):
    good = b"1,2011-07-01 08:00,,,Graffiti,call,,0,"
    assert taken(b"\n".join([COLUMNS.encode(), b"2,2011-07-01 08:00,,,Gr\xff,call,,0,", good])).brought_in == 1
    assert [row["refused_because"] for row in refused()] == ["is not UTF-8"]


def test_the_same_case_twice_in_a_file_is_taken_once(taken):
    row = "1,2011-07-01 08:00,,,Graffiti,call,,0,"
    totals = taken([row, row])
    assert (totals.read, totals.brought_in, totals.known) == (2, 1, 1)


def test_a_file_that_lacks_columns_or_a_site_that_is_not_there_is_refused_as_a_whole(taken, tmp_path):
    with pytest.raises(Invalid) as refusal:
        taken(b"case_id,type\n1,Graffiti\n")
    assert refusal.value.values["columns"] == "closed_dt, open_dt, source, target_dt"
    with pytest.raises(Invalid):
        import_service_requests(HOUSING, "boston311", "NOWHERE", tmp_path / "refused.csv")
    assert requests() == {}


def test_buildings_are_made_once_and_cases_can_be_found(taken):
    taken(["1,2011-07-01 08:00,,,Graffiti,call,B1,0,", "2,2011-07-01 08:00,,,Rats,call,B1,0,"])
    taken(["3,2011-07-01 08:00,,,Rats,call,B1,0,"])
    assert list(db.session.scalars(select(Building.code))) == ["B1"]
    assert db.session.scalar(select(func.count()).select_from(SearchText)) == 3
    assert db.session.scalar(select(func.count()).select_from(Category)) == 3  # the branch and two leaves


def test_nobody_is_told_of_the_past(taken):
    taken(HOUSING)
    assert db.session.scalar(select(func.count()).select_from(Event).where(Event.told_at.is_(None))) == 0


@pytest.mark.parametrize(
    "written", ["2011-07-01 08:05", "2011-07-01T08:05:00", "2011/7/1 8:05", "07/01/2011 08:05:00 AM"]
)
def test_dates_come_in_several_shapes(written):
    assert f"{local_time(written):%Y-%m-%d %H:%M}" == "2011-07-01 08:05"


def test_cells_are_read_in_ordinary_letters():
    assert text_of("\u3000Ａ座　１２０３\xa0\t室\n") == "A座 1203 室"
