"""A phone checks in, and is told what belongs on it."""

from uuid import uuid4

from extensions import db
from models import Phone
from tests.factories import dispatched, do, registered

HEADERS = {"Sec-Fetch-Site": "same-origin"}


def checked_in(client, phone=None, person=None, **said):
    headers = HEADERS | {"X-Phone": str(phone or uuid4())} | ({"X-Person": str(person.id)} if person else {})
    return client.post("/phone/check-in", data=said, headers=headers)


def versions(answer):
    return {page["url"]: page["version"] for page in answer.json["pages"]}


def test_a_technician_is_told_of_the_lists_and_of_every_job_of_his(cast, client_for):
    _, job = dispatched(cast)
    pages = versions(checked_in(client_for(cast.technician)))
    assert {"/phone/", "/phone/hand-over", "/phone/reports", "/phone/outbox", f"/phone/jobs/{job.id}"} == set(pages)
