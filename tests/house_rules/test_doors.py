"""Every route × every role × own and foreign site, compared with the one table in doors.py."""

import io
from types import SimpleNamespace
from uuid import uuid4

import pytest
from PIL import Image
from sqlalchemy import select
from werkzeug.datastructures import FileStorage

from actions import attachments
from domain.lifecycle import ACTIONS
from domain.notice_table import BY_NAME
from extensions import db, now
from models import (
    Attachment,
    Notice,
    NoticeChannel,
    NoticeState,
    NoticeTarget,
    ServiceStandard,
    SpecialDay,
    Stage,
    Tenure,
)
from tests import factories, phones
from tests.house_rules.doors import DOORS, EVERYBODY, JOB_ACTIONS, PUBLIC, REQUEST_ACTIONS, Door

REFUSED = (401, 403, 404)
NO_PHOTO = "0" * 64  # the number of a photo that phones of the tests never send
QUERIES = {name: {"measure": "received"} for name in ("statistics.rows", "statistics.list_export")}


def the_leak(cast, here):
    """What a door may show of a site: the leak with all that hangs on it, and whatever else has an address."""
    scene = SimpleNamespace(**{**vars(cast), **vars(here)})
    service_request, job = factories.dispatched(scene, unit_id=str(here.unit.id))
    photo = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(photo, "JPEG")
    prepared = attachments.prepare([FileStorage(io.BytesIO(photo.getvalue()), "leak.jpg")])
    note = {"words": "photo", "audience": "internal"}
    event = attachments.perform_with_photos(
        ACTIONS["annotate"], service_request.id, {Stage.REPORTED: prepared}, by=here.agent, details=note
    )
    attachment_id = db.session.scalars(select(Attachment.id).where(Attachment.event_id == event.id)).one()
    notice = Notice(
        site_id=here.site.id, event_id=event.id, service_request_id=service_request.id, recipient_id=here.technician.id,
        channel=NoticeChannel.PRODUCT, reason=next(iter(BY_NAME)), state=NoticeState.FAILED, created_at=now(),
    )  # fmt: skip
    day = SpecialDay(company_id=cast.company.id, site_id=here.site.id, day=now().date(), is_working=False)
    robot = NoticeTarget(site_id=here.site.id, name="工程群", url="json://127.0.0.1", reasons=[], is_enabled=True)
    db.session.add_all([notice, day, robot])
    entry = phones.refused(here.technician, job=job)
    entry.photos = [phones.wanted(b"") | {"sha256": NO_PHOTO, "state": "kept", "stored": prepared[0].sha256}]
    db.session.commit()
    standard_id = db.session.scalars(select(ServiceStandard.id).limit(1)).one()
    return {
        "service_requests": service_request.id,
        "phone.handed_over": service_request.id,
        "phone.job": job.id,
        "jobs": job.id,
        "attachments": attachment_id,
        "sync": job.id,
        "residents.resident": here.resident.id,
        "residents.edit_resident": here.resident.id,
        "residents.unit": here.unit.id,
        "residents.edit_unit": here.unit.id,
        "residents.moved_out": db.session.scalars(select(Tenure.id).where(Tenure.unit_id == here.unit.id)).one(),
        "notices": notice.id,
        "phones": entry.id,
        "notices.remove_robot": robot.id,
        "administration": here.cashier.id,
        "administration.building": here.building.id,
        "administration.category": cast.noise.id,
        "administration.department": here.engineering.id,
        "administration.withdraw_standard": standard_id,
        "administration.remove_day": day.id,
        "site_id": here.site.id,
    }


def address(app, rule, records, action=None):
    """The address of a route for these records."""
    id = records.get(rule.endpoint, records.get(rule.endpoint.split(".")[0]))
    values = {
        "id": id,
        "site_id": records["site_id"],
        "service_class": "urgent",
        "secret": "x",
        "sha256": NO_PHOTO,
        "action": action,
        "form": "csv",
        "by": "kind",
    }
    wanted = QUERIES.get(rule.endpoint, {}) | {name: values[name] for name in rule.arguments}
    return app.url_map.bind("localhost").build(rule.endpoint, wanted)


def comers(cast, client_for, method, url):
    """The names of those who come in."""
    came = set()
    for name in EVERYBODY.split():
        response = client_for(getattr(cast, name)).open(url, method=method, data={} if method == "POST" else None)
        assert response.status_code < 500, (name, method, url, response.text[-2000:])
        if response.status_code not in REFUSED:
            came.add(name)
    return came


def methods_of(rule):
    return [method for method in ("GET", "POST") if method in rule.methods]


@pytest.fixture
def leaks(cast, scenes):
    """What the doors of one's own site may show, and those of the other one."""
    return scenes.begin("a leak on each site", lambda: (the_leak(cast, cast), the_leak(cast, cast.elsewhere)))


def check(app, cast, client_for, leaks, rule, door, action=None):
    """Own site, then the other one: exactly those come in whom the table names."""
    own, foreign = leaks
    for method in methods_of(rule):
        url = address(app, rule, own, action)
        assert comers(cast, client_for, method, url) == set(door.own.split()), (method, url)
        if door.foreign is not None:
            url = address(app, rule, foreign, action)
            assert comers(cast, client_for, method, url) == set(door.foreign.split()), (method, url, "foreign")


def rules(app):
    return {rule.endpoint: rule for rule in app.url_map.iter_rules()}


def test_every_route_is_in_the_table(app):
    acting = {"service_requests.act", "jobs.act"}
    assert set(rules(app)) == {*DOORS, *PUBLIC, *acting}


@pytest.mark.parametrize("endpoint", DOORS)
def test_exactly_these_roles_come_in(app, cast, client_for, leaks, endpoint):
    check(app, cast, client_for, leaks, rules(app)[endpoint], DOORS[endpoint])


@pytest.mark.parametrize("name", REQUEST_ACTIONS | JOB_ACTIONS)
def test_exactly_these_roles_may_try_an_action(app, cast, client_for, leaks, name):
    door: Door = (REQUEST_ACTIONS | JOB_ACTIONS)[name]
    rule = rules(app)["service_requests.act" if name in REQUEST_ACTIONS else "jobs.act"]
    check(app, cast, client_for, leaks, rule, door, ACTIONS[name])


@pytest.mark.parametrize("endpoint", [*DOORS, "service_requests.act", "jobs.act"])
def test_a_stranger_is_sent_to_the_door(app, endpoint):
    rule = rules(app)[endpoint]
    records = {"site_id": uuid4(), rule.endpoint: uuid4()}
    action = ACTIONS["accept" if endpoint.startswith("service") else "arrive"]
    for method in methods_of(rule):
        response = app.test_client().open(address(app, rule, records, action), method=method)
        assert response.status_code == 401 or response.location.startswith("/sign-in")


@pytest.mark.parametrize("endpoint", PUBLIC)
def test_only_these_open_for_everybody(app, endpoint):
    assert getattr(app.view_functions[endpoint], "is_public", False)
