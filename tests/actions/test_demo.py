"""The demo estate: what it promises to show, and that it is a history the product could have written."""

from collections import Counter
from datetime import UTC, date, datetime
from statistics import median
from zoneinfo import ZoneInfo

import pytest
import time_machine
from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from actions.demo import removal
from actions.demo.estate import load
from actions.passwords import is_password_of
from domain.channels import Channel
from domain.kinds import Kind
from domain.lifecycle import JobStatus, RequestStatus
from domain.outcomes import Outcome, PauseReason, Verdict
from domain.readings import next_reading
from extensions import attachment_store, db
from models import (
    Attachment,
    Building,
    Category,
    Company,
    Event,
    FollowUp,
    Job,
    Resident,
    ResidentPhone,
    ServiceRequest,
    Site,
    SpecialDay,
    Tenure,
    TenureKind,
    Unit,
    User,
)
from queries import clocks, my_jobs, users
from tests import databases

pytestmark = pytest.mark.long

SIGN_INS = [
    "agent", "director", "head", "technician", "technician2",
    "guard", "site-director", "quality", "leader", "admin",
]  # fmt: skip
WEDNESDAY_MORNING = datetime(2026, 11, 18, 2, 40, tzinfo=UTC)
PASSWORD = "a password to try things out"
HERE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(scope="module")
def loaded(application):
    """The estate, built once for the tests of this file: it takes a while."""
    yield
    with application.app_context():
        databases.empty(db.engine, db.metadata)


@pytest.fixture
def estate(application, loaded):
    """An application with the estate in it, on the day it was built."""
    with application.app_context(), time_machine.travel(WEDNESDAY_MORNING, tick=False):
        load(PASSWORD)
        yield


def count_of(model, *conditions) -> int:
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))


def all_of(*columns):
    return db.session.scalars(select(*columns)).all()


def whole_requests():
    """Every request with its site and history."""
    asked = select(ServiceRequest).options(
        joinedload(ServiceRequest.site), selectinload(ServiceRequest.events), selectinload(ServiceRequest.readings)
    )
    return db.session.scalars(asked).all()


def test_the_sites_have_their_buildings_units_and_residents(estate):
    homes, offices = db.session.scalars(select(Site).order_by(Site.code.desc()))
    assert (homes.name, offices.name) == ("云湖花园", "科创园")
    assert (count_of(Building, Building.site_id == homes.id), count_of(Building, Building.site_id == offices.id)) == (
        6,
        3,
    )
    assert 680 <= count_of(Unit, Unit.site_id == homes.id) <= 720
    assert not count_of(Unit, Unit.site_id == offices.id, Unit.entrance != "")
    assert count_of(Resident) == 1500
    assert count_of(ResidentPhone) > 1600 and len(set(all_of(ResidentPhone.number))) == count_of(ResidentPhone)
    assert set(all_of(Tenure.kind)) == set(TenureKind)
    assert count_of(Tenure, Tenure.ends_on.is_not(None)) > 50
    assert count_of(Resident, Resident.initials == "") == 0


def test_thirty_colleagues_of_whom_ten_can_be_tried_out(estate):
    users = db.session.scalars(select(User).order_by(User.created_at)).all()
    assert len(users) == 30
    assert [user.username for user in users if user.is_demo] == SIGN_INS
    assert is_password_of(users[0], PASSWORD)
    assert not [user for user in users if not user.is_demo and user.password_hash]


def test_the_category_tree_has_three_levels_emergencies_and_one_tap_leaves(estate):
    by_depth = Counter(all_of(Category.depth))
    assert by_depth[1] >= 12 and by_depth[3] >= 90
    assert count_of(Category, Category.emergency_kind == Kind.HELP) >= 6
    assert 10 <= count_of(Category, Category.is_quick) <= 14


def test_the_holidays_of_three_years_are_known(estate):
    worked = dict(db.session.execute(select(SpecialDay.day, SpecialDay.is_working)).all())
    assert {day.year for day in worked} == {2025, 2026, 2027}
    assert worked[date(2026, 10, 10)] is True  # a Saturday worked for the seventh
    assert worked[date(2026, 10, 7)] is False


def test_there_is_something_in_every_status_of_every_kind_and_with_every_end(estate):
    assert count_of(ServiceRequest) == 400
    assert set(all_of(ServiceRequest.status)) == set(RequestStatus)
    assert set(all_of(Job.status)) == set(JobStatus)
    assert set(all_of(ServiceRequest.kind)) == set(Kind)
    assert {outcome for outcome in all_of(Job.outcome) if outcome} == set(Outcome)
    assert {verdict for verdict in all_of(FollowUp.verdict) if verdict} == set(Verdict)
    assert {event.details["reason"] for event in all_of(Event) if event.action == "hold"} == set(PauseReason)
    actions = Counter(all_of(Event.action))
    for name in ("chase", "promise", "escalate", "reopen", "transfer", "return", "call_not_answered", "annotate"):
        assert actions[name] > 2, name
    assert count_of(Attachment) > 100


def test_the_calls_come_as_they_really_do(estate):
    moments = [moment.astimezone(HERE) for moment in all_of(ServiceRequest.registered_at)]
    channels, hours = Counter(all_of(ServiceRequest.channel)), Counter(moment.hour for moment in moments)
    weekdays = Counter(moment.weekday() for moment in moments)
    assert 0.42 < channels[Channel.PHONE] / 400 < 0.58
    assert hours.most_common(1)[0][0] in (9, 10)
    assert (weekdays[5] + weekdays[6]) / 2 < 0.5 * sum(weekdays[day] for day in range(5)) / 5
    lengths = sorted(len(words) for words in all_of(ServiceRequest.words))
    assert 60 <= median(lengths) <= 120 and lengths[-1] > 400
    assert max(Counter(all_of(ServiceRequest.resident_id)).values()) >= 4


def test_every_kept_clock_is_what_the_clocks_answer(estate):
    for service_request in whole_requests():
        reading = next_reading(clocks.of_service_request(service_request))
        assert service_request.next_clock == (reading.clock if reading else None)
        assert service_request.next_due_at == (reading.due_at if reading else None)
        assert service_request.next_warn_at == (reading.warn_at if reading else None)
        assert service_request.clock_paused == bool(reading and reading.paused)


def test_every_history_is_one_the_product_could_have_written(estate):
    some_were_late = 0
    for service_request in whole_requests():
        events = sorted(service_request.events, key=lambda event: event.sequence)
        assert [event.sequence for event in events] == list(range(1, service_request.version + 1))
        assert events[0].action == "register" and events[0].happened_at == service_request.registered_at
        arrivals = [event.recorded_at for event in events]
        assert arrivals == sorted(arrivals) and arrivals[-1] == service_request.changed_at <= WEDNESDAY_MORNING
        assert all(event.happened_at <= event.recorded_at for event in events)
        some_were_late += any(event.happened_at < event.recorded_at for event in events)
        of_request = [event for event in events if event.job_id is None or event.action == "dispatch"]
        for one, other in zip(of_request, of_request[1:], strict=False):
            assert other.before == one.after
        assert of_request[-1].after == service_request.status
    assert some_were_late > 10


def test_the_sweep_of_deadlines_finds_nothing_to_catch_up_with(estate):
    assert count_of(Event, Event.action == "breach") > 10
    assert count_of(ServiceRequest, ServiceRequest.next_alarm_at <= WEDNESDAY_MORNING) == 0


def test_references_count_the_days(estate):
    rows = db.session.execute(select(ServiceRequest.reference, ServiceRequest.registered_at)).all()
    assert len({reference for reference, _ in rows}) == 400
    assert all(f"-{moment.astimezone(HERE):%y%m%d}-" in reference for reference, moment in rows)


def test_loading_twice_changes_nothing(estate):
    before = removal.contents(db.session.scalar(select(Company.id)))
    assert load("another password") is False
    assert removal.contents(db.session.scalar(select(Company.id))) == before


def test_whoever_signs_in_finds_a_day_of_work(estate):
    for username in ("technician", "technician2"):
        mine = my_jobs.of(users.of_id(users.named(username).id), now=WEDNESDAY_MORNING)
        assert min(len(mine.now), len(mine.later), len(mine.on_hold), len(mine.done), len(mine.free)) > 0
    guard = db.session.scalar(select(User.id).where(User.username == "guard"))
    assert count_of(Event, Event.action == "register", Event.actor_id == guard) > 4


def test_removing_leaves_nothing_behind(estate):
    digests = set(all_of(Attachment.sha256))
    (company,) = removal.demo_companies()
    removal.remove(company.id)
    assert [table.name for table in db.metadata.sorted_tables if count_of(table)] == []
    assert removal.demo_companies() == []
    for digest in digests:
        with pytest.raises(OSError):
            attachment_store().content(digest)
