"""Entries of a phone's outbox: each is done once and answered with a verdict, and the lifecycle decides."""

import json
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import delete, func, select

from domain.permissions import Role
from extensions import db
from models import Company, EntryVerdict, Event, Receipt, ServiceRequest, User, UserRole
from tests.entries import Phone, sha256_of
from tests.factories import completed, dispatched, do, fresh, registered
from tests.people import person, saved

FIXED = {"outcome": "fixed", "work_done": "更换角阀"}
END_MARKED = {"X-Entry-Schema": "2"}


@pytest.fixture
def phone_of(app):
    """`phone_of(technician)`: a phone on which this colleague has signed in."""
    return lambda person: Phone(app, person)


def events_of(service_request, action=None):
    asked = select(Event).where(Event.service_request_id == service_request.id).order_by(Event.sequence)
    return db.session.scalars(asked.where(Event.action == action) if action else asked).all()


def receipt_of(id):
    return db.session.get_one(Receipt, UUID(id))


def test_an_entry_is_done_and_answered_under_its_own_id(cast, phone_of):
    service_request, job = dispatched(cast)
    entry = (phone := phone_of(cast.technician)).written(f"/phone/jobs/{job.id}/acknowledge")
    response = phone.deliver(entry)
    assert (response.status_code, response.mimetype) == (200, "application/json")
    assert response.json == {
        "entry": entry["id"], "verdict": "applied", "code": "", "sentence": "", "fields": {}, "photos": {},
        "version": fresh(service_request).version, "status": "acknowledged", "url": f"/phone/jobs/{job.id}",
    }  # fmt: skip
    assert [str(event.id) for event in events_of(service_request, "acknowledge")] == [entry["id"]]
    receipt = receipt_of(entry["id"])
    assert (receipt.phone_id, receipt.sequence, receipt.job_id) == (phone.id, 1, job.id)


def test_the_same_form_without_an_entry_is_answered_with_pages_as_ever(cast, client_for):
    _, job = dispatched(cast)
    technician = client_for(cast.technician)
    assert technician.post(f"/phone/jobs/{job.id}/complete", data={"event_id": uuid4()}).status_code == 422
    assert technician.post(f"/phone/jobs/{job.id}/acknowledge", data={"event_id": uuid4()}).status_code == 303


def test_a_shift_without_a_signal_arrives_in_order_with_its_times(cast, phone_of):
    start = datetime.now(UTC) - timedelta(hours=5)
    service_request, job = dispatched_at(cast, start)
    phone = phone_of(cast.technician)
    taps = [("acknowledge", {}), ("arrive", {}), ("complete", FIXED)]
    shift = [
        phone.written(f"/phone/jobs/{job.id}/{action}", at=start + timedelta(hours=n + 1), **typed)
        for n, (action, typed) in enumerate(taps)
    ]
    assert [phone.deliver(entry).json["status"] for entry in shift] == ["acknowledged", "working", "done"]
    moments = [event.happened_at for event in events_of(service_request) if event.action in dict(taps)]
    for moment, hours in zip(moments, (1, 2, 3), strict=True):
        assert abs(moment - start - timedelta(hours=hours)) < timedelta(seconds=10)
    assert fresh(service_request).status == "completed"


def dispatched_at(cast, moment):
    """The leak, dispatched to the technician at this moment."""
    service_request = registered(cast, happened_at=moment)
    do("accept", service_request, cast.agent, happened_at=moment)
    do("dispatch", service_request, cast.agent, happened_at=moment, holder_id=str(cast.technician.id))
    service_request = fresh(service_request)
    return service_request, service_request.jobs[0]


# Once


def test_a_lost_reply_is_given_again_and_nothing_happens_twice(cast, phone_of):
    service_request, job = dispatched(cast)
    phone = phone_of(cast.technician)
    entry = phone.written(f"/phone/jobs/{job.id}/transfer", target=f"holder:{cast.technician2.id}")
    answers = [phone.deliver(entry, now=datetime.now(UTC) + timedelta(minutes=n)).json for n in range(3)]
    assert answers[0]["verdict"] == "applied" and answers[0] == answers[1] == answers[2]
    assert len(events_of(service_request, "transfer")) == 1
    assert receipt_of(entry["id"]).deliveries == 3


def test_a_lost_no_is_given_again_although_it_would_be_a_yes_by_now(cast, phone_of):
    service_request, job = dispatched(cast)
    phone = phone_of(cast.technician)
    entry = phone.written(f"/phone/jobs/{job.id}/resume")
    assert phone.deliver(entry).json["code"] == "not_allowed"
    do("acknowledge", job, cast.technician)
    do("hold", job, cast.technician, reason="parts", until="2099-01-01")
    assert phone.deliver(entry).json["verdict"] == "refused"
    assert not events_of(service_request, "resume")


def test_other_words_under_the_same_id_are_not_swallowed(cast, phone_of):
    service_request, job = dispatched(cast)
    phone = phone_of(cast.technician)
    entry = phone.written(f"/phone/jobs/{job.id}/complete", **FIXED)
    phone.deliver(entry)
    entry["fields"] |= {"work_done": "什么也没换"}
    response = phone.deliver(entry)
    assert (response.status_code, response.json["verdict"]) == (409, "other_content")
    assert [event.details["work_done"] for event in events_of(service_request, "complete")] == ["更换角阀"]


def test_the_same_words_for_another_job_are_other_content(cast, phone_of):
    (_, job), (_, other) = dispatched(cast), dispatched(cast)
    phone = phone_of(cast.technician)
    entry = phone.written(f"/phone/jobs/{job.id}/acknowledge")
    phone.deliver(entry)
    assert phone.deliver(entry | {"url": f"/phone/jobs/{other.id}/acknowledge"}).json["verdict"] == "other_content"


def test_what_was_cut_off_on_its_way_settles_nothing_and_is_done_when_it_comes_whole(cast, phone_of):
    service_request, job = dispatched(cast)
    entry = (phone := phone_of(cast.technician)).written(f"/phone/jobs/{job.id}/complete", **FIXED)
    for mark in ({}, {"complete": "ye"}):
        assert phone.deliver(entry | {"fields": entry["fields"] | mark}, **END_MARKED).status_code == 400
    assert not events_of(service_request, "complete") and db.session.get(Receipt, UUID(entry["id"])) is None
    whole = entry | {"fields": entry["fields"] | {"complete": "yes"}}
    assert phone.deliver(whole, **END_MARKED).json["verdict"] == "applied"
    assert "complete" not in receipt_of(entry["id"]).fields
    assert phone.deliver(entry).json["verdict"] == "applied", "the same entry, as an older build sends it"


def test_an_id_of_somebody_else_is_other_content(cast, phone_of):
    (_, job), (_, other) = dispatched(cast), dispatched(cast, to=cast.technician2)
    entry = (phone := phone_of(cast.technician)).written(f"/phone/jobs/{job.id}/acknowledge")
    phone.deliver(entry)
    theirs = phone_of(cast.technician2)
    assert theirs.deliver(entry | {"url": f"/phone/jobs/{other.id}/acknowledge"}).json["verdict"] == "other_content"
    assert receipt_of(entry["id"]).user_id == cast.technician.id


def test_a_form_sent_without_script_and_then_by_the_phone_is_one_event(cast, phone_of):
    service_request, job = dispatched(cast)
    phone = phone_of(cast.technician)
    entry = phone.written(f"/phone/jobs/{job.id}/complete", **FIXED)
    phone.visitor.post(entry["url"], data=entry["fields"] | {"event_id": entry["id"]})
    assert phone.deliver(entry).json["verdict"] == phone.deliver(entry).json["verdict"] == "applied"
    assert len(events_of(service_request, "complete")) == 1


def test_after_a_restored_backup_the_event_itself_says_that_it_was_done(cast, phone_of):
    service_request, job = dispatched(cast)
    phone = phone_of(cast.technician)
    entry = phone.written(f"/phone/jobs/{job.id}/complete", **FIXED)
    note = phone.written(f"/phone/jobs/{job.id}/annotate", words="总阀在楼道")
    report = phone.written("/phone/hand-over", room="3-2-501", words="楼道灯坏了")
    for one in (entry, note, report):
        phone.deliver(one)
    db.session.execute(delete(Receipt))
    db.session.commit()
    assert [phone.deliver(one).json["verdict"] for one in (entry, note, report)] == ["applied"] * 3
    assert len(events_of(service_request, "complete")) == len(events_of(service_request, "annotate")) == 1
    assert db.session.scalar(select(func.count(ServiceRequest.id))) == 2
    strange = phone.deliver(entry | {"url": f"/phone/jobs/{job.id}/arrive"}).json
    assert strange["verdict"] == "other_content"


# The lifecycle decides


def test_a_job_in_other_hands_is_refused_with_the_reason_and_the_words_are_kept(cast, phone_of):
    service_request, job = dispatched(cast)
    entry = (phone := phone_of(cast.technician)).written(f"/phone/jobs/{job.id}/complete", **FIXED)
    do("transfer", job, cast.technician, holder_id=str(cast.technician2.id))
    response = phone.deliver(entry)
    assert (response.status_code, response.json["verdict"], response.json["code"]) == (404, "refused", "gone")
    assert response.json["sentence"] == "这张单现在由张师傅负责。"
    receipt = receipt_of(entry["id"])
    assert receipt.fields["work_done"] == ["更换角阀"] and receipt.reason == "这张单现在由张师傅负责。"
    assert (receipt.site_id, receipt.service_request_id) == (cast.site.id, service_request.id)
    assert not events_of(service_request, "complete")


def test_a_job_called_off_meanwhile_is_refused_and_says_how_it_stands(cast, phone_of):
    service_request, job = dispatched(cast)
    entry = (phone := phone_of(cast.technician)).written(f"/phone/jobs/{job.id}/complete", **FIXED)
    do("cancel", service_request, cast.agent, reason="resident_withdrew")
    answer = phone.deliver(entry).json
    assert (answer["verdict"], answer["code"], answer["status"]) == ("refused", "not_allowed", "called_off")
    assert answer["sentence"].endswith("任务现状：已取消。")


def test_the_centre_reads_the_reason_in_its_own_language_whatever_the_sender_speaks(cast, phone_of, client_for):
    (_, job), (_, other), phone = dispatched(cast), dispatched(cast), phone_of(cast.technician)
    do("transfer", job, cast.technician, holder_id=str(cast.technician2.id))
    do("cancel_job", other, cast.agent, reason="solved")
    answers = [phone.tap(job, "complete", **FIXED), phone.tap(other, "complete", **FIXED)]
    assert [answer["code"] for answer in answers] == ["gone", "not_allowed"]
    db.session.get_one(User, cast.agent.id).language = "en"
    db.session.commit()
    page = client_for(cast.agent).get("/phones/refused").text
    assert "This job is in other hands now: 张师傅." in page
    assert "The job is now: Called off." in page
    assert not [answer["sentence"] for answer in answers if answer["sentence"] in page]


def test_a_closed_request_takes_no_note_and_the_words_stay_on_record(cast, phone_of):
    service_request = completed(cast)
    do("close", service_request, cast.agent, verdict="satisfied")
    job = fresh(service_request).jobs[0]
    entry = (phone := phone_of(cast.technician)).written(f"/phone/jobs/{job.id}/annotate", words="阀门还要换")
    assert phone.deliver(entry).json["code"] == "not_allowed"
    assert receipt_of(entry["id"]).fields["words"] == ["阀门还要换"]


def test_two_phones_of_one_person_complete_the_same_job_and_the_second_words_become_a_note(cast, phone_of):
    service_request, job = dispatched(cast)
    first, second = phone_of(cast.technician), phone_of(cast.technician)
    first.tap(job, "complete", **FIXED)
    entry = second.written(f"/phone/jobs/{job.id}/complete", outcome="fixed", work_done="换了软管")
    response = second.deliver(entry)
    assert (response.status_code, response.json["verdict"], response.json["code"]) == (200, "applied", "already")
    assert len(events_of(service_request, "complete")) == 1
    (note,) = events_of(service_request, "annotate")
    assert str(note.id) == entry["id"] and "换了软管" in note.details["words"]
    assert note.details["audience"] == "internal"
    assert second.deliver(entry).json["code"] == "already" and len(events_of(service_request, "annotate")) == 1


def test_a_second_phone_that_only_taps_leaves_no_note(cast, phone_of):
    service_request, job = dispatched(cast)
    for phone in (phone_of(cast.technician), phone_of(cast.technician)):
        answer = phone.tap(job, "arrive")
    assert answer["code"] == "already" and not events_of(service_request, "annotate")


def test_what_a_colleague_did_is_not_done_already_by_me(cast, phone_of):
    service_request = registered(cast)
    do("accept", service_request, cast.agent)
    do("dispatch", service_request, cast.agent, department_id=str(cast.engineering.id))
    (job,) = fresh(service_request).jobs
    do("return", job, cast.head, reason="no_capacity")
    assert phone_of(cast.technician).tap(job, "return", reason="no_capacity")["verdict"] == "refused"


def test_what_others_did_meanwhile_is_told_with_the_yes(cast, phone_of):
    service_request, job = dispatched(cast)
    phone = phone_of(cast.technician)
    seen = fresh(service_request).version
    do("acknowledge", job, cast.technician)
    do("chase", service_request, cast.agent, words="住户又来电")
    answer = phone.tap(job, "arrive", seen=seen)
    assert (answer["verdict"], answer["code"]) == ("applied", "moved")
    assert "催单" in answer["sentence"] and "接单" not in answer["sentence"]


def test_a_form_with_faults_is_refused_field_by_field_mended_and_sent_again(cast, phone_of):
    service_request, job = dispatched(cast)
    phone = phone_of(cast.technician)
    entry = phone.written(f"/phone/jobs/{job.id}/complete", outcome="fixed", parts="角阀")
    response = phone.deliver(entry)
    assert (response.status_code, response.json["verdict"], response.json["code"]) == (422, "refused", "invalid")
    assert response.json["fields"] == {"outcome": ["请写明做了什么。"]}
    mended = phone.written(f"/phone/jobs/{job.id}/complete", **FIXED)
    assert phone.deliver(mended, **{"X-Entry-Replaces": entry["id"]}).json["verdict"] == "applied"
    assert str(receipt_of(entry["id"]).replaced_by) == mended["id"]


def test_what_the_house_refuses_at_a_field_is_said_there(cast, phone_of):
    _, job = dispatched(cast)
    phone = phone_of(cast.technician)
    answer = phone.tap(job, "transfer", target=f"holder:{cast.cashier.id}")
    assert (answer["code"], list(answer["fields"])) == ("invalid", ["target"])


def test_a_hand_over_says_how_to_go_on(cast, phone_of):
    phone = phone_of(cast.guard)
    report = phone.written("/phone/hand-over", room="3-2-501", words="楼道灯坏了")
    answer = phone.deliver(report).json
    assert answer["url"] == f"/phone/hand-over/{report['id']}" and answer["version"] == 1
    assert phone.deliver(report).json == answer
    empty = phone.deliver(phone.written("/phone/hand-over", room="3-2-501"))
    assert (empty.status_code, list(empty.json["fields"])) == (422, ["words"])


def test_somebody_of_the_company_hands_over_at_the_site_they_name(cast, phone_of):
    phone = phone_of(cast.quality)
    nowhere = phone.deliver(phone.written("/phone/hand-over", room="3-2-501", words="灯坏了"))
    assert (nowhere.status_code, nowhere.json["code"]) == (422, "invalid")
    report = phone.written("/phone/hand-over", site=cast.site.id, room="3-2-501", words="灯坏了")
    assert phone.deliver(report).json["verdict"] == "applied"
    assert receipt_of(report["id"]).site_id == cast.site.id


def test_where_there_is_no_site_yet_nothing_is_settled_and_the_sentence_says_why(phone_of):
    company = saved(Company(name="新物业", name_en="New"))
    somebody = person(company, None, None, "nobody-yet", "新人", Role.QUALITY)
    db.session.commit()
    phone = phone_of(somebody)
    entry = phone.written("/phone/hand-over", room="3-2-501", words="灯坏了")
    answer = phone.deliver(entry)
    assert (answer.status_code, answer.is_json) == (422, False)
    assert "公司还没有项目" in answer.text
    withdrawn = phone.visitor.post(f"/phone/entries/{entry['id']}/withdrawal", headers=phone.headers)
    assert withdrawn.status_code == 422 and db.session.get(Receipt, UUID(entry["id"])) is None


def test_a_job_of_another_site_is_nobodys_here(cast, phone_of):
    other = cast.elsewhere
    phone = phone_of(other.technician)
    _, job = dispatched(cast)
    entry = phone.written(f"/phone/jobs/{job.id}/complete", **FIXED)
    assert phone.deliver(entry).json["code"] == "gone"
    receipt = receipt_of(entry["id"])
    assert (receipt.site_id, receipt.job_id, receipt.service_request_id) == (other.site.id, None, None)


# People


def test_a_role_removed_while_entries_wait_is_a_no_in_words(cast, phone_of):
    _, job = dispatched(cast)
    entry = (phone := phone_of(cast.technician)).written(f"/phone/jobs/{job.id}/complete", **FIXED)
    db.session.execute(delete(UserRole).where(UserRole.user_id == cast.technician.id))
    db.session.add(UserRole(user_id=cast.technician.id, role=Role.CASHIER))
    db.session.commit()
    response = phone.deliver(entry)
    assert (response.status_code, response.json["verdict"], response.json["code"]) == (403, "refused", "not_permitted")
    assert receipt_of(entry["id"]).fields["work_done"] == ["更换角阀"]


@pytest.mark.parametrize("change", [{"is_enabled": False}, {"session_epoch": 7}], ids=["disabled", "new password"])
def test_a_disabled_account_or_an_old_password_settles_nothing(change, cast, phone_of):
    _, job = dispatched(cast)
    entry = (phone := phone_of(cast.technician)).written(f"/phone/jobs/{job.id}/acknowledge")
    user = db.session.get_one(User, cast.technician.id)
    for name, value in change.items():
        setattr(user, name, value)
    db.session.commit()
    answers = phone.deliver(entry), phone.send_photo(entry["id"], b"x")
    assert [(answer.status_code, answer.json) for answer in answers] == [(401, {"verdict": "sign_in"})] * 2
    assert phone.withdraw(entry["id"]) == {"verdict": "sign_in"}
    assert db.session.get(Receipt, UUID(entry["id"])) is None


def test_an_entry_of_another_person_on_the_same_phone_is_not_taken(cast, phone_of):
    service_request, job = dispatched(cast)
    phone = phone_of(cast.technician2)
    entry = phone.written(f"/phone/jobs/{job.id}/acknowledge")
    phone.person_id = cast.technician.id  # whose entry it is; signed in is the other one
    response = phone.deliver(entry)
    assert (response.status_code, response.json["verdict"]) == (403, "other_person")
    assert response.json["entry"] == entry["id"] and response.json["sentence"]
    assert phone.send_photo(entry["id"], b"x").json["verdict"] == "other_person"
    assert phone.withdraw(entry["id"])["verdict"] == "other_person"
    assert not db.session.scalars(select(Receipt).where(Receipt.id == UUID(entry["id"]))).all()


def test_every_answer_names_the_person_and_the_build(cast, client_for, app):
    response = client_for(cast.technician).get("/phone/")
    assert response.headers["X-Phone-User"] == str(cast.technician.id)
    assert len(response.headers["X-Build"]) == 10
    assert "X-Phone-User" not in app.test_client().get("/sign-in").headers


@pytest.mark.parametrize(
    ("headers", "fields"),
    [
        ({"X-Entry": "x"}, {}),
        ({}, {"event_id": str(uuid4())}),
        ({}, {"photos_to_come": "[{}]"}),
        ({}, {"photos_to_come": "x"}),
        ({}, {"photos_to_come": '["x"]'}),
        ({}, {"photos_to_come": "[" * 100_000}),
        ({}, {"photos_to_come": '[{"sha256": "../../etc/passwd"}]'}),
    ],
)
def test_what_no_phone_of_ours_sends_settles_nothing(headers, fields, cast, phone_of):
    _, job = dispatched(cast)
    phone = phone_of(cast.technician)
    id = str(uuid4())
    sent = {"event_id": id} | fields
    url = f"/phone/jobs/{job.id}/acknowledge"
    response = phone.visitor.post(url, data=sent, headers=phone.headers | {"X-Entry": id} | headers)
    assert response.status_code == 400 and not response.is_json
    assert db.session.get(Receipt, UUID(id)) is None


@pytest.mark.parametrize("name", ["漏\0水.jpg", "\ud800", "x" * 5000, {"a": 1}])
@pytest.mark.parametrize("number", ["-1", "1e9", "9" * 30, "٣", ""])
def test_strange_names_and_numbers_hurt_nobody(name, number, cast, phone_of):
    _, job = dispatched(cast)
    phone = phone_of(cast.technician)
    photo = {"field": name, "sha256": "0" * 64, "name": name, "size": number, "type": name}
    entry = phone.written(f"/phone/jobs/{job.id}/complete", seen=number, work_done="角\0阀", **{"\0": "\0"})
    entry["fields"]["photos_to_come"] = json.dumps([photo])
    answer = phone.deliver(entry, **{"X-Entry-Sequence": number if number.isascii() else "0"}).json
    assert (answer["verdict"], answer["photos"]) == ("refused", {"0" * 64: "wanted"})
    assert receipt_of(entry["id"]).fields["work_done"] == ["角阀"]


# Discarding


def test_a_tombstone_stops_a_late_copy(cast, phone_of):
    service_request, job = dispatched(cast)
    entry = (phone := phone_of(cast.technician)).written(f"/phone/jobs/{job.id}/complete", **FIXED)
    assert phone.withdraw(entry["id"]) == {"entry": entry["id"], "verdict": "withdrawn"}
    assert phone.withdraw(entry["id"])["verdict"] == "withdrawn"
    response = phone.deliver(entry)
    assert (response.status_code, response.json["verdict"]) == (410, "withdrawn")
    assert not events_of(service_request, "complete")


def test_withdrawing_what_was_done_says_so(cast, phone_of):
    service_request, job = dispatched(cast)
    entry = (phone := phone_of(cast.technician)).written(f"/phone/jobs/{job.id}/complete", **FIXED)
    phone.deliver(entry)
    assert phone.withdraw(entry["id"])["verdict"] == "applied"
    db.session.execute(delete(Receipt))
    db.session.commit()
    assert phone.withdraw(entry["id"])["verdict"] == "applied"
    assert len(events_of(service_request, "complete")) == 1


def test_a_refused_entry_that_is_withdrawn_keeps_its_reason_and_nobody_needs_to_look_at_it(cast, phone_of):
    _, job = dispatched(cast)
    phone = phone_of(cast.technician)
    entry = phone.written(f"/phone/jobs/{job.id}/resume")
    phone.deliver(entry)
    assert phone.withdraw(entry["id"])["verdict"] == "withdrawn"
    receipt = receipt_of(entry["id"])
    assert (receipt.verdict, receipt.code) == (EntryVerdict.REFUSED, "not_allowed")
    assert receipt.reason and receipt.dismissed_at and receipt.dismissed_by_id is None


# From a file


def brought(cast, entry, **more):
    """The entry as the centre has loaded it from a phone's file."""
    row = Receipt(
        id=UUID(entry["id"]), site_id=cast.site.id, user_id=cast.technician.id, action="complete", digest="",
        verdict=EntryVerdict.BROUGHT, fields={}, answer={}, **({"photos": []} | more),
    )  # fmt: skip
    db.session.add(row)
    db.session.commit()


def test_what_came_in_a_file_is_still_done_when_the_phone_delivers_it(cast, phone_of):
    service_request, job = dispatched(cast)
    entry = (phone := phone_of(cast.technician)).written(f"/phone/jobs/{job.id}/complete", **FIXED)
    brought(cast, entry)
    assert phone.deliver(entry).json["verdict"] == "applied"
    assert receipt_of(entry["id"]).verdict is EntryVerdict.APPLIED
    assert len(events_of(service_request, "complete")) == 1


def test_photos_that_came_in_a_file_are_not_asked_for_again(cast, phone_of):
    for action in ("complete", "resume"):  # done, and refused
        _, job = dispatched(cast)
        phone, photo = phone_of(cast.technician), ("photos_before", "1.jpg", b"photo")
        entry = phone.written(f"/phone/jobs/{job.id}/{action}", photos=[photo], **FIXED)
        hanging = {"sha256": sha256_of(b"photo"), "state": "kept", "stored": "x", "attachment_id": "y"}
        brought(cast, entry, photos=[hanging])
        assert phone.deliver(entry).json["photos"] == {sha256_of(b"photo"): "kept"}
        assert receipt_of(entry["id"]).photos[0]["stored"] == "x"


def test_what_came_in_a_file_of_somebody_else_is_not_mine_to_replace(cast, phone_of):
    _, job = dispatched(cast, to=cast.technician2)
    phone = phone_of(cast.technician2)
    entry = phone.written(f"/phone/jobs/{job.id}/complete", **FIXED)
    brought(cast, entry)
    assert phone.deliver(entry).json["verdict"] == "other_content"
    assert receipt_of(entry["id"]).verdict is EntryVerdict.BROUGHT


def test_what_came_in_a_file_and_cannot_be_done_is_refused(cast, phone_of):
    _, job = dispatched(cast)
    entry = (phone := phone_of(cast.technician)).written(f"/phone/jobs/{job.id}/resume")
    brought(cast, entry)
    assert phone.deliver(entry).json["verdict"] == "refused"
    assert receipt_of(entry["id"]).verdict is EntryVerdict.REFUSED


def test_what_the_centre_has_seen_to_from_a_file_is_not_done_again(cast, phone_of):
    service_request, job = dispatched(cast)
    entry = (phone := phone_of(cast.technician)).written(f"/phone/jobs/{job.id}/complete", **FIXED)
    brought(cast, entry, dismissed_at=datetime.now(UTC), dismissed_by_id=cast.agent.id)
    answer = phone.deliver(entry).json
    assert answer["verdict"] == "applied" and "文件" in answer["sentence"]
    assert not events_of(service_request, "complete")
