"""A phone checks in, and is told what belongs on it."""

from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from sqlalchemy import select

from actions.administration import note
from actions.unit_of_work import unit_of_work
from extensions import db, now
from models import Phone
from tests.factories import completed, dispatched, do, registered
from tests.pictures import picture

PAGES = {"/phone/", "/phone/hand-over", "/phone/reports", "/phone/outbox"}


def checked_in(client, phone=None, person=None, **said):
    headers = {"X-Phone": str(phone or uuid4())} | ({"X-Person": str(person.id)} if person else {})
    return client.post("/phone/check-in", data=said, headers=headers)


def versions(client):
    return {page["url"]: page["version"] for page in checked_in(client).json["pages"]}


def rows():
    db.session.rollback()
    return db.session.scalars(select(Phone).execution_options(populate_existing=True)).all()


def test_a_technician_is_told_of_the_lists_and_of_each_of_the_jobs(cast, client_for):
    _, job = dispatched(cast)
    dispatched(cast, to=cast.technician2)
    assert set(versions(client_for(cast.technician))) == PAGES | {f"/phone/jobs/{job.id}"}


def test_what_was_done_today_stays_and_so_does_its_page(cast, client_for):
    request = completed(cast)
    assert f"/phone/jobs/{request.jobs[0].id}" in versions(client_for(cast.technician))


def test_a_head_has_the_department_a_guard_begins_with_handing_over(cast, client_for):
    assert "/phone/department" in versions(client_for(cast.head))
    assert checked_in(client_for(cast.guard)).json["home"] == "/phone/hand-over"


def test_somebody_of_the_company_needs_a_network_to_choose_a_site_and_gets_no_rooms(cast, client_for):
    told = checked_in(client_for(cast.quality)).json
    assert "/phone/hand-over" not in {page["url"] for page in told["pages"]}
    assert told["directory"] is None


def test_only_what_happened_to_a_job_gives_its_page_another_version(cast, client_for):
    (_, job), _other = dispatched(cast), dispatched(cast)
    client = client_for(cast.technician)
    before = versions(client)
    assert versions(client) == before
    do("acknowledge", job, cast.technician)
    changed = {url for url, version in versions(client).items() if version != before[url]}
    assert changed == {"/phone/", f"/phone/jobs/{job.id}"}


def test_a_report_that_moves_on_gives_the_list_of_reports_another_version(cast, client_for):
    report = registered(cast, by=cast.guard)
    client = client_for(cast.guard)
    before = versions(client)
    do("accept", report, cast.agent)
    assert versions(client)["/phone/reports"] != before["/phone/reports"]


def test_a_new_day_and_another_language_draw_every_page_anew(cast, client_for):
    client = client_for(cast.technician)
    before = versions(client)
    client.post("/language", data={"language": "en"})
    after = versions(client)
    assert not [url for url in before if before[url] == after[url]]


def test_small_photos_of_open_jobs_come_along(cast, client_for):
    _, job = dispatched(cast)
    client = client_for(cast.technician)
    photo = (BytesIO(picture()), "before.jpg")
    client.post(f"/phone/jobs/{job.id}/annotate", data={"words": "看过了", "photos_before": photo})
    photos = checked_in(client).json["photos"]
    assert [client.get(url).status_code for url in photos] == [200] * len(photos)
    assert photos


def test_what_the_phone_says_of_itself_is_kept_for_each_person(cast, client_for):
    phone, moment = uuid4(), now()
    said = {"waiting": "3", "attention": "1", "refused": "2", "persisted": "no", "installed": "yes", "build": "abc"}
    oldest = (moment - timedelta(hours=5, minutes=7)).isoformat()
    sent_at = (moment - timedelta(minutes=7)).isoformat()  # its clock is seven minutes slow
    checked_in(client_for(cast.technician), phone, **said, oldest=oldest, sent_at=sent_at)
    checked_in(client_for(cast.guard), phone, persisted="yes")
    of = {row.user_id: row for row in rows()}
    row = of[cast.technician.id]
    assert (row.waiting, row.attention, row.refused, row.persisted, row.installed) == (3, 1, 2, False, True)
    assert abs(row.oldest_at - (moment - timedelta(hours=5))) < timedelta(minutes=1)
    assert (of[cast.guard.id].waiting, of[cast.guard.id].persisted, of[cast.guard.id].oldest_at) == (0, True, None)


def test_the_next_visit_writes_over_the_last_but_never_over_a_loss(cast, client_for):
    phone, client = uuid4(), client_for(cast.technician)
    checked_in(client, phone, waiting="3", lost="yes")
    lost_at = rows()[0].lost_at
    checked_in(client, phone, waiting="0", lost="no")
    (row,) = rows()
    assert row.waiting == 0
    assert row.lost_at == lost_at is not None


@pytest.mark.parametrize("said", [{"waiting": "-1"}, {"waiting": "many"}, {"oldest": "yesterday", "sent_at": "never"}])
def test_what_cannot_be_read_counts_as_not_said(cast, client_for, said):
    assert checked_in(client_for(cast.technician), **said).status_code == 200
    (row,) = rows()
    assert (row.waiting, row.oldest_at) == (0, None)


def test_what_is_said_of_somebody_else_is_not_kept_but_the_plan_is_ones_own(cast, client_for):
    answer = checked_in(client_for(cast.technician), person=cast.guard, waiting="3")
    assert answer.json["user"] == str(cast.technician.id)
    assert rows() == []


def test_the_browser_remembers_the_phone_beside_its_storage(cast, client_for):
    phone, client = uuid4(), client_for(cast.technician)
    answer = checked_in(client, phone)
    assert client.get_cookie("yingda_phone").value == str(phone)
    assert "HttpOnly" not in answer.headers["Set-Cookie"]


def test_who_is_no_phone_or_nobody_is_told_nothing(cast, client_for, app):
    assert client_for(cast.technician).post("/phone/check-in").status_code == 400
    answer = checked_in(app.test_client())
    assert (answer.status_code, answer.json) == (401, {"verdict": "sign_in"})


def test_the_rooms_of_ones_own_site_come_with_names_and_numbers_and_nothing_else(cast, client_for):
    told = client_for(cast.guard).get("/phone/directory.json").json
    names = {name for _, name, units in told["buildings"] for _ in units}
    people = {label: people for *_, units in told["buildings"] for *_, label, people in units}
    assert names == {cast.building.name}
    assert people["3-2-501"] == [[cast.resident.name, "138 0013 8000", "业主"]]
    assert "139 0013 9000" not in str(told)


def test_the_rooms_are_fetched_again_only_when_they_may_have_changed(cast, client_for):
    client = client_for(cast.guard)
    offered = checked_in(client).json["directory"]
    assert offered == {"url": "/phone/directory.json", "version": client.get(offered["url"]).json["version"]}
    assert checked_in(client).json["directory"] == offered
    with unit_of_work():
        note("user_changed", by=cast.administrator, company_id=cast.company.id, subject="", subject_id=None)
    assert checked_in(client).json["directory"]["version"] != offered["version"]


def test_signing_out_by_machine_ends_the_session_of_the_person_named_and_of_nobody_else(cast, client_for):
    client = client_for(cast.technician)
    for person, status in ((cast.guard, 200), (cast.technician, 302)):
        headers = {"X-Phone": str(uuid4()), "X-Person": str(person.id)}
        assert client.post("/phone/sign-out", headers=headers).json == {"verdict": "signed_out"}
        assert client.get("/phone/").status_code == status
