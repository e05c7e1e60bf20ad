"""A page with thirty rows asks the database no more often than a page with one: eight times at most."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from actions import telling
from domain.permissions import Role
from extensions import db
from models import IS_UNSETTLED, Receipt, Resident, ResidentPhone, Tenure, TenureKind
from tests.factories import dispatched, do
from tests.people import person, saved
from tests.phones import PHOTO, phone_of, refused

CEILING = 8
PAGES = {
    "the queue": ("agent", "/desk"),
    "all requests": ("agent", "/desk?lens=all"),
    "the queue, filtered": ("agent", "/desk?lens=all&kind=repair&text=3-2-501"),
    "the filters": ("agent", "/desk/filters"),
    "the queue of all sites": ("quality", "/desk?lens=all"),
    "a card": ("agent", "/service-requests/{request}"),
    "a card with a form": ("agent", "/service-requests/{request}/dispatch"),
    "another request like it": ("agent", "/service-requests/{request}/merge"),
    "a slip": ("agent", "/service-requests/{request}/slip"),
    "a new request": ("agent", "/service-requests/new"),
    "a new request of a caller": ("agent", "/service-requests/new?caller_phone=13800138000&unit=3-2-501"),
    "residents": ("agent", "/residents"),
    "residents, searched": ("agent", "/residents?text=138"),
    "a unit": ("agent", "/residents/units/{unit}"),
    "a resident": ("agent", "/residents/{resident}"),
    "a resident to edit": ("agent", "/residents/{resident}/edit"),
    "a unit to edit": ("agent", "/residents/units/{unit}/edit"),
    "somebody new": ("agent", "/residents/new?unit={unit}"),
    "figures": ("director", "/statistics"),
    "the list behind a figure": ("director", "/statistics/list?measure=received"),
    "my notices": ("technician", "/notices"),
    "my jobs": ("technician", "/phone/"),
    "a job": ("technician", "/phone/jobs/{job}"),
    "the department": ("head", "/phone/department"),
    "handing over": ("guard", "/phone/hand-over?room=3-2-501"),
    "my reports": ("guard", "/phone/reports"),
    "me": ("technician", "/me"),
    "settings": ("administrator", "/administration"),
    "colleagues": ("administrator", "/administration/users"),
    "a colleague": ("administrator", "/administration/users/{colleague}"),
    "categories": ("administrator", "/administration/categories"),
    "standards": ("administrator", "/administration/standards"),
    "a standard": ("administrator", "/administration/standards/urgent"),
    "working hours": ("administrator", "/administration/calendars/{site}"),
    "places": ("administrator", "/administration/places"),
    "phones": ("agent", "/phones"),
    "phones of all sites": ("quality", "/phones"),
    "entries not accepted": ("agent", "/phones/refused"),
    "entries not accepted, of a department": ("head", "/phones/refused"),
    "entries that are settled": ("agent", "/phones/settled"),
    "loading a phone's file": ("agent", "/phones/load"),
    "registering a refused entry": ("agent", "/service-requests/new?entry={entry}"),
    "failed notices": ("administrator", "/notices/failed"),
    "robots": ("administrator", "/notices/robots"),
}


def one_more(cast):
    """One more row for every list: a job handed over by the guard, a resident of the unit, a colleague."""
    service_request, job = dispatched(cast, by=cast.guard, resident_id=str(cast.resident.id))
    db.session.expunge_all()
    resident = saved(Resident(site_id=cast.site.id, name="家人", initials="jr"))
    saved(ResidentPhone(site_id=cast.site.id, resident_id=resident.id, number=f"+86138{uuid4().int % 10**8:08}"))
    phone_of(cast.technician, attention=1, waiting=2)
    for job_of_entry in (job, None):
        refused(cast.technician, job=job_of_entry, action="complete" if job_of_entry else "register", photos=[PHOTO])
    moved_in = {"unit_id": cast.unit.id, "kind": TenureKind.FAMILY, "starts_on": date(2024, 1, 1)}
    saved(Tenure(site_id=cast.site.id, resident_id=resident.id, **moved_in))
    person(cast.company, cast.site, cast.engineering, uuid4().hex[:12], "新同事", Role.TECHNICIAN)
    db.session.commit()
    db.session.expunge_all()
    return service_request, job


def statements(cast, client_for, queries_run, values):
    """How many statements each page needs once the process is warm."""
    needed = {}
    for name, (who, address) in PAGES.items():
        client, url = client_for(getattr(cast, who)), address.format(**values)
        for _warm in range(2):
            queries_run.clear()
            response = client.get(url)
        assert response.status_code == 200, (name, url)
        needed[name] = list(queries_run)
    return needed


@pytest.fixture
def values(cast):
    service_request, job = one_more(cast)
    entry_id = db.session.scalars(select(Receipt.id).where(Receipt.action == "register", IS_UNSETTLED)).one()
    return {
        "request": service_request.id, "row": service_request, "job": job.id, "unit": cast.unit.id,
        "resident": cast.resident.id, "site": cast.site.id, "colleague": cast.technician2.id,
        "entry": entry_id,
    }  # fmt: skip


@pytest.mark.long
def test_thirty_rows_cost_what_one_costs(cast, client_for, queries_run, values):
    telling.tell(by_email=False)
    few = statements(cast, client_for, queries_run, values)
    for _ in range(29):
        one_more(cast)
    for _ in range(12):
        do("chase", values["row"], cast.agent2, words="请快一点")
    telling.tell(by_email=False)
    many = statements(cast, client_for, queries_run, values)
    assert {name: (len(few[name]), len(many[name])) for name in PAGES if len(few[name]) != len(many[name])} == {}
    assert {name: many[name] for name in PAGES if len(many[name]) > CEILING} == {}
