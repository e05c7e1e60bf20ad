"""The one door through which a desk and a phone do something to a job."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from threading import Barrier, Thread
from uuid import uuid4

import pytest

from domain.days import local_day
from domain.lifecycle import JobStatus
from extensions import db, now
from models import Attachment, Event, Job, Site, Stage
from tests.factories import dispatched, do, fresh, registered
from tests.pictures import exif, picture
from tests.visits import signed_in


def tap(visitor, job, action, **typed):
    return visitor.post(f"/phone/jobs/{job.id}/{action}", data={"event_id": str(uuid4())} | typed)


def status_of(job):
    return db.session.get_one(Job, job.id, populate_existing=True).status


def test_a_technician_acknowledges_arrives_and_completes(cast, client_for):
    _, job = dispatched(cast)
    technician = client_for(cast.technician)
    assert tap(technician, job, "acknowledge").location == f"/phone/jobs/{job.id}"
    assert tap(technician, job, "arrive").status_code == 303
    answer = tap(
        technician, job, "complete", outcome="fixed", work_done="更换角阀", parts="角阀 1 个", words="业主很急"
    )
    assert answer.status_code == 303
    assert status_of(job) is JobStatus.DONE
    event = db.session.scalars(db.select(Event).where(Event.job_id == job.id, Event.action == "complete")).one()
    assert event.details["words"] == "业主很急"


def test_the_same_tap_twice_happens_once(cast, client_for):
    _, job = dispatched(cast)
    technician, id = client_for(cast.technician), str(uuid4())
    for _ in range(2):
        assert tap(technician, job, "acknowledge", event_id=id).status_code == 303
    assert len(db.session.scalars(db.select(Event).where(Event.action == "acknowledge")).all()) == 1


def test_a_job_handed_on_twice_with_one_tap_is_handed_on_once(cast, client_for):
    _, job = dispatched(cast)
    technician, id = client_for(cast.technician), str(uuid4())
    for _ in range(2):
        answer = tap(technician, job, "transfer", event_id=id, target=f"holder:{cast.technician2.id}")
        assert answer.location == "/phone/"


def test_completing_without_saying_what_was_done_keeps_what_was_typed(cast, client_for):
    _, job = dispatched(cast)
    answer = tap(client_for(cast.technician), job, "complete", outcome="fixed", parts="三角阀")
    assert answer.status_code == 422
    assert "三角阀" in answer.text
    assert "请写明做了什么" in answer.text


def test_a_job_waits_until_a_day(cast, client_for):
    _, job = dispatched(cast)
    technician = client_for(cast.technician)
    tap(technician, job, "acknowledge")
    day = local_day(now()) + timedelta(days=5)
    tap(technician, job, "hold", reason="parts", until="2020-01-01", until_day=day.isoformat())
    job = db.session.get_one(Job, job.id, populate_existing=True)
    assert (job.status, job.held_until) == (JobStatus.ON_HOLD, day)


@pytest.mark.parametrize("until", ["", "yesterday", "2020-01-01", "9999-12-31"])
def test_a_job_does_not_wait_until_no_day(cast, client_for, until):
    _, job = dispatched(cast)
    do("acknowledge", job, cast.technician)
    assert tap(client_for(cast.technician), job, "hold", reason="parts", until=until).status_code == 422


def test_another_reason_needs_words(cast, client_for):
    _, job = dispatched(cast)
    technician = client_for(cast.technician)
    assert tap(technician, job, "return", reason="other").status_code == 422
    assert tap(technician, job, "return", reason="other", words="业主说是开发商的").status_code == 303
    assert status_of(job) is JobStatus.RETURNED


def test_photos_of_the_work_come_with_the_words(cast, client_for):
    _, job = dispatched(cast)
    photos = {
        "photos_before": (BytesIO(picture()), "before.jpg"),
        "photos_after": (BytesIO(picture(size=(40, 30))), "after.jpg"),
    }
    tap(client_for(cast.technician), job, "complete", outcome="fixed", work_done="好了", **photos)
    stages = {attachment.stage for attachment in db.session.scalars(db.select(Attachment))}
    assert stages == {Stage.BEFORE, Stage.AFTER}


def test_a_camera_without_a_zone_keeps_the_time_of_the_site(cast, client_for):
    db.session.get_one(Site, cast.site.id).zone = "America/New_York"
    db.session.commit()
    _, job = dispatched(cast)
    photo = BytesIO(picture(exif=exif(taken="2026:03:04 08:00:00"))), "after.jpg"
    tap(client_for(cast.technician), job, "complete", outcome="fixed", work_done="好了", photos_after=photo)
    assert db.session.scalars(db.select(Attachment.taken_at)).one() == datetime(2026, 3, 4, 13, tzinfo=UTC)


def test_what_is_no_photo_completes_nothing(cast, client_for):
    _, job = dispatched(cast)
    forged = {"photos_after": (BytesIO(b"MZ not a photo"), "photo.jpg")}
    answer = tap(client_for(cast.technician), job, "complete", outcome="fixed", work_done="好了", **forged)
    assert answer.status_code == 422
    assert status_of(job) is JobStatus.DISPATCHED


def test_whoever_comes_too_late_keeps_the_words(cast, client_for):
    service_request, job = dispatched(cast)
    do("cancel", service_request, cast.agent, reason="by_resident")
    answer = tap(client_for(cast.technician), job, "complete", outcome="fixed", work_done="已经换好了")
    assert answer.status_code == 409
    assert "已经换好了" in answer.text


def test_a_job_in_other_hands_says_so(cast, client_for):
    _, job = dispatched(cast)
    technician = client_for(cast.technician)
    do("assign", job, cast.agent, holder_id=str(cast.technician2.id))
    assert "已转给他人" in technician.get(f"/phone/jobs/{job.id}").text
    answer = tap(technician, job, "complete", outcome="fixed", work_done="已经换好了")
    assert answer.status_code == 409
    assert "已转给他人" in answer.text
    assert "已经换好了" in answer.text
    assert cast.technician2.name not in answer.text


def test_a_job_that_never_was_near_is_not_there(cast, client_for):
    _, job = dispatched(cast)
    assert client_for(cast.guard).get(f"/phone/jobs/{job.id}").status_code == 404
    assert tap(client_for(cast.elsewhere.technician), job, "acknowledge").status_code == 404


def test_a_head_assigns_to_the_own_department_only(cast, client_for):
    service_request = registered(cast)
    do("accept", service_request, cast.agent)
    do("dispatch", service_request, cast.agent, department_id=str(cast.engineering.id))
    job = fresh(service_request).jobs[0]
    head = client_for(cast.head)
    assert tap(head, job, "assign", target=f"holder:{cast.guard.id}").status_code == 422
    answer = tap(head, job, "assign", target=f"holder:{cast.technician.id}", back="department")
    assert answer.location == "/phone/department"
    assert db.session.get_one(Job, job.id, populate_existing=True).holder_id == cast.technician.id


def test_the_desk_comes_back_to_its_card(cast, client_for):
    service_request, job = dispatched(cast)
    answer = tap(client_for(cast.agent), job, "cancel_job", reason="solved", back="desk")
    assert answer.location == f"/service-requests/{service_request.id}"


def test_two_colleagues_take_one_job_and_one_has_it(app, cast):
    service_request = registered(cast)
    do("accept", service_request, cast.agent)
    do("dispatch", service_request, cast.agent, department_id=str(cast.engineering.id))
    job_id = fresh(service_request).jobs[0].id
    visitors = [signed_in(app, cast.technician), signed_in(app, cast.technician2)]
    db.session.rollback()
    db.session.remove()
    start, answers = Barrier(2), []

    def take(visitor):
        start.wait()
        with app.app_context():
            answers.append(visitor.post(f"/phone/jobs/{job_id}/take", data={"event_id": str(uuid4())}))

    threads = [Thread(target=take, args=[visitor]) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    won, lost = sorted(answers, key=lambda answer: answer.status_code)
    assert (won.status_code, lost.status_code) == (303, 409)
    assert "抢先" in lost.text or "已转给他人" in lost.text


@pytest.mark.parametrize("words", ["", "好" * 10_000, "🔧" * 50, "a\x00b", "<script>"])
def test_no_words_break_the_form(cast, client_for, words):
    _, job = dispatched(cast)
    answer = tap(
        client_for(cast.technician), job, "complete", outcome="fixed", work_done=words, event_id="no id", seen="x"
    )
    assert answer.status_code in (303, 422)
