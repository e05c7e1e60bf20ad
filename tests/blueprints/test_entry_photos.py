"""The photos of an entry come one by one after its words; each is kept once, wherever its words ended up."""

from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from extensions import attachment_store, db
from models import Attachment, Receipt, Stage
from tests.entries import Phone, sha256_of
from tests.factories import dispatched, do, fresh
from tests.pictures import picture

FIXED = {"outcome": "fixed", "work_done": "更换角阀"}
PHOTO, OTHER = picture(), picture(size=(200, 100))


@pytest.fixture
def technician(cast, app):
    return Phone(app, cast.technician)


def completion(phone, job, *photos):
    """A completion in the outbox, with these photos of the finished work."""
    named = [("photos_after", f"{n}.jpg", photo) for n, photo in enumerate(photos)]
    return phone.written(f"/phone/jobs/{job.id}/complete", photos=named, **FIXED)


def attachments():
    return db.session.scalars(select(Attachment)).all()


def test_photos_follow_the_words_and_belong_to_what_happened(cast, technician):
    service_request, job = dispatched(cast)
    entry = completion(technician, job, PHOTO, OTHER)
    assert technician.deliver(entry).json["photos"] == {sha256_of(PHOTO): "wanted", sha256_of(OTHER): "wanted"}
    version = fresh(service_request).version
    response = technician.send_photo(entry["id"], PHOTO)
    assert response.status_code == 200
    assert response.json == {"entry": entry["id"], "photo": sha256_of(PHOTO), "verdict": "kept", "sentence": ""}
    (attachment,) = attachments()
    assert (str(attachment.event_id), attachment.job_id, attachment.stage) == (entry["id"], job.id, Stage.AFTER)
    assert (attachment.name, attachment.uploaded_by_id) == ("0.jpg", cast.technician.id)
    assert attachment.sha256 != attachment.source_sha256 == sha256_of(PHOTO)  # redrawn
    assert technician.deliver(entry).json["photos"] == {sha256_of(PHOTO): "kept", sha256_of(OTHER): "wanted"}
    assert fresh(service_request).version > version  # pages that are kept are looked at again


def test_a_photo_whose_reply_was_lost_is_kept_once(cast, technician):
    _, job = dispatched(cast)
    entry = completion(technician, job, PHOTO)
    technician.deliver(entry)
    assert [technician.send_photo(entry["id"], PHOTO).json["verdict"] for _ in range(3)] == ["kept"] * 3
    assert len(attachments()) == 1


def test_a_photo_damaged_on_the_way_is_not_kept_and_may_come_again(cast, technician):
    _, job = dispatched(cast)
    entry = completion(technician, job, PHOTO)
    technician.deliver(entry)
    for damaged in (PHOTO[:-100], b"", OTHER):
        response = technician.send_photo(entry["id"], damaged, sha256=sha256_of(PHOTO))
        assert (response.status_code, response.json["verdict"]) == (400, "damaged")
    assert not attachments()
    assert technician.send_photo(entry["id"], PHOTO).json["verdict"] == "kept"


def test_a_photo_before_its_words_is_unknown(cast, technician):
    response = technician.send_photo(uuid4(), PHOTO)
    assert (response.status_code, response.json["verdict"]) == (404, "unknown")


def test_a_photo_the_words_did_not_name_is_unknown(cast, technician):
    _, job = dispatched(cast)
    entry = completion(technician, job, PHOTO)
    technician.deliver(entry)
    assert technician.send_photo(entry["id"], OTHER).json["verdict"] == "unknown"


def test_a_photo_for_the_entry_of_a_colleague_is_unknown(cast, technician, app):
    _, job = dispatched(cast)
    entry = completion(technician, job, PHOTO)
    technician.deliver(entry)
    assert Phone(app, cast.technician2).send_photo(entry["id"], PHOTO).json["verdict"] == "unknown"


def test_what_is_no_picture_is_refused_for_good_in_words(cast, technician):
    _, job = dispatched(cast)
    entry = completion(technician, job, b"no picture")
    technician.deliver(entry)
    answers = [technician.send_photo(entry["id"], b"no picture") for _ in range(2)]
    assert [(answer.status_code, answer.json["verdict"]) for answer in answers] == [(422, "refused")] * 2
    assert "0.jpg" in answers[0].json["sentence"] and answers[0].json == answers[1].json
    assert technician.deliver(entry).json["photos"] == {sha256_of(b"no picture"): "refused"}


def test_a_photo_that_is_too_large_is_refused_in_words(cast, technician, app, monkeypatch):
    monkeypatch.setitem(app.extensions, "settings", replace(app.extensions["settings"], upload_limit=1000))
    large = PHOTO + b"\0" * 2000
    _, job = dispatched(cast)
    entry = completion(technician, job, large)
    technician.deliver(entry)
    response = technician.send_photo(entry["id"], large)
    assert (response.status_code, response.json["verdict"]) == (422, "refused") and response.json["sentence"]


def test_a_full_store_settles_nothing(cast, technician, app, monkeypatch):
    def full(name, content):
        raise OSError("no space left on device")

    _, job = dispatched(cast)
    entry = completion(technician, job, PHOTO)
    technician.deliver(entry)
    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(attachment_store(), "keep", full)
        response = technician.send_photo(entry["id"], PHOTO)
        assert response.status_code == 503 and not response.is_json
    assert technician.send_photo(entry["id"], PHOTO).json["verdict"] == "kept"


def test_photos_of_a_refused_completion_reach_the_centre(cast, technician, client_for):
    service_request, job = dispatched(cast)
    entry = completion(technician, job, PHOTO)
    do("cancel", service_request, cast.agent, reason="by_resident")
    assert technician.deliver(entry).json["verdict"] == "refused"
    assert technician.send_photo(entry["id"], PHOTO).json["verdict"] == "kept"
    assert technician.send_photo(entry["id"], PHOTO).json["verdict"] == "kept"
    (attachment,) = attachments()
    assert (attachment.event_id, attachment.job_id, attachment.stage) == (None, job.id, Stage.AFTER)
    (listed,) = db.session.get_one(Receipt, UUID(entry["id"])).photos
    assert (listed["state"], listed["attachment_id"]) == ("kept", str(attachment.id))
    assert client_for(cast.agent).get(f"/attachments/{attachment.id}").status_code == 200


def test_a_photo_of_the_work_reaches_a_request_that_was_closed_meanwhile(cast, technician):
    service_request, job = dispatched(cast)
    entry = completion(technician, job, PHOTO)
    technician.deliver(entry)
    do("close", fresh(service_request), cast.agent, verdict="fully_satisfied")
    assert technician.send_photo(entry["id"], PHOTO).json["verdict"] == "kept"


def test_the_photo_of_a_refused_hand_over_is_in_the_store_and_on_the_receipt(cast, app):
    guard = Phone(app, cast.guard)
    entry = guard.written("/phone/hand-over", room="9-9-999", photos=[("photos", "leak.jpg", PHOTO)])
    assert guard.deliver(entry).json["code"] == "invalid"
    assert guard.send_photo(entry["id"], PHOTO).json["verdict"] == "kept"
    (listed,) = db.session.get_one(Receipt, UUID(entry["id"])).photos
    assert listed["attachment_id"] is None and attachment_store().content(listed["stored"])


def test_a_hand_over_may_say_it_with_a_photo_that_is_still_to_come(cast, app):
    guard = Phone(app, cast.guard)
    entry = guard.written("/phone/hand-over", room="3-2-501", photos=[("photos", "leak.jpg", PHOTO)])
    assert guard.deliver(entry).json["verdict"] == "applied"
    guard.send_photo(entry["id"], PHOTO)
    (attachment,) = attachments()
    assert (str(attachment.service_request_id), attachment.stage) == (entry["id"], Stage.REPORTED)


def test_photos_of_a_discarded_entry_are_not_taken(cast, technician):
    _, job = dispatched(cast)
    entry = completion(technician, job, PHOTO)
    technician.withdraw(entry["id"])
    assert technician.send_photo(entry["id"], PHOTO).json["verdict"] == "unknown"
    assert not attachments()


def test_photos_of_what_a_second_phone_did_once_more_go_with_its_note(cast, technician, app):
    _, job = dispatched(cast)
    Phone(app, cast.technician).tap(job, "complete", **FIXED)
    entry = completion(technician, job, PHOTO)
    assert technician.deliver(entry).json["code"] == "already"
    assert technician.send_photo(entry["id"], PHOTO).json["verdict"] == "kept"
    (attachment,) = attachments()
    assert (str(attachment.event_id), attachment.job_id) == (entry["id"], job.id)


def test_a_dozen_photos_are_the_most_of_one_entry(cast, technician):
    _, job = dispatched(cast)
    entry = completion(technician, job, *[bytes([n]) for n in range(13)])
    assert technician.deliver(entry).status_code == 400
