import json
from collections import Counter
from uuid import UUID

import pytest

from actions.brought_entries import bring
from domain import outbox_file
from domain.errors import Invalid
from domain.lifecycle import JobStatus
from extensions import db
from models import Attachment, EntryVerdict, Event, Job, Receipt
from queries.filed_entries import Standing
from tests.factories import dispatched, do
from tests.phones import PHOTO, file_of, filed, refused, wanted


@pytest.fixture
def leak(cast):
    return dispatched(cast)


def brought(content, by):
    return bring(outbox_file.read(content), by=by)


def test_an_entry_is_kept_and_not_done(cast, leak):
    entry = filed(leak[1], photos=[PHOTO])
    result = brought(file_of(cast.technician, entry), cast.agent)
    assert result.entries == Counter({Standing.NEW: 1}) and result.photos == 1
    receipt = db.session.get_one(Receipt, UUID(entry["id"]))
    assert receipt.verdict is EntryVerdict.BROUGHT
    assert (receipt.user_id, receipt.job_id, receipt.service_request_id) == (cast.technician.id, leak[1].id, leak[0].id)
    assert receipt.fields == {"outcome": ["fixed"], "work_done": ["更换角阀"]}
    assert receipt.said_at and receipt.sent_at is None
    assert db.session.get_one(Job, leak[1].id).status is JobStatus.DISPATCHED
    assert db.session.get(Event, receipt.id) is None
    assert db.session.query(Attachment).filter_by(job_id=leak[1].id).count() == 1


def test_the_same_file_again_changes_nothing(cast, leak):
    content = file_of(cast.technician, filed(leak[1], photos=[PHOTO]))
    brought(content, cast.agent)
    result = brought(content, cast.director)
    assert result.entries == Counter({Standing.BROUGHT: 1}) and result.photos == 0
    assert db.session.query(Receipt).filter_by(verdict="brought").count() == 1
    assert db.session.query(Attachment).filter_by(job_id=leak[1].id).count() == 1


def test_what_was_delivered_meanwhile_is_counted_as_such(cast, leak):
    done = do("acknowledge", leak[1], cast.technician)
    other = refused(cast.technician, job=leak[1])
    content = file_of(cast.technician, filed(leak[1], "acknowledge", id=str(done.id)), filed(leak[1], id=str(other.id)))
    assert brought(content, cast.agent).entries == Counter({Standing.DELIVERED: 1, Standing.REFUSED: 1})


def test_a_photo_that_was_still_wanted_comes_with_the_file(cast, leak):
    other = refused(cast.technician, job=leak[1])
    other = db.session.merge(other)
    other.photos = [wanted(PHOTO)]
    db.session.commit()
    result = brought(file_of(cast.technician, filed(leak[1], id=str(other.id), photos=[PHOTO])), cast.agent)
    assert result.photos == 1


def test_a_photo_whose_bytes_are_others_is_left_out_and_its_words_are_kept(cast, leak):
    entry = filed(leak[1], photos=[PHOTO])
    entry["photos"][0]["bytes"] = "AAAA"
    result = brought(file_of(cast.technician, entry), cast.agent)
    assert result.entries == Counter({Standing.NEW: 1}) and result.photos == 0
    assert db.session.get_one(Receipt, UUID(entry["id"])).photos[0]["state"] == "wanted"


def test_a_photo_that_came_before_hangs_on_its_request_once(cast, leak):
    first, mended = (refused(cast.technician, job=leak[1], photos=[PHOTO]) for _ in range(2))
    assert first.photos[0]["attachment_id"] == mended.photos[0]["attachment_id"]
    assert db.session.query(Attachment).count() == 1


def test_what_only_calls_itself_a_photo_is_refused_and_its_words_are_kept(cast, leak):
    entry = filed(leak[1], photos=[b"no picture"])
    assert brought(file_of(cast.technician, entry), cast.agent).photos == 0
    assert db.session.get_one(Receipt, UUID(entry["id"])).photos[0]["state"] == "refused"


def test_a_job_that_is_not_known_here_costs_no_words(cast, leak):
    entry = filed(leak[1], url="/phone/jobs/00000000-0000-4000-8000-000000000000/complete", photos=[PHOTO])
    brought(file_of(cast.technician, entry), cast.agent)
    receipt = db.session.get_one(Receipt, UUID(entry["id"]))
    assert (receipt.job_id, receipt.service_request_id, receipt.site_id) == (None, None, cast.site.id)
    assert receipt.photos[0]["state"] == "kept"


def test_a_job_of_another_site_is_as_good_as_none(cast, leak):
    scene = type(cast)(**{**vars(cast), **vars(cast.elsewhere)})
    _request, job = dispatched(scene, unit_id=str(cast.elsewhere.unit.id))
    entry = filed(job)
    brought(file_of(cast.technician, entry), cast.agent)
    receipt = db.session.get_one(Receipt, UUID(entry["id"]))
    assert (receipt.job_id, receipt.site_id) == (None, cast.site.id)


def test_one_bad_entry_spoils_the_file_and_nothing_is_kept(cast, leak):
    other = refused(cast.technician2, job=leak[1])
    with pytest.raises(Invalid):
        brought(file_of(cast.technician, filed(leak[1]), filed(leak[1], id=str(other.id))), cast.agent)
    assert db.session.query(Receipt).filter_by(verdict="brought").count() == 0


def test_the_same_number_twice_in_one_file_is_refused(cast, leak):
    entry = filed(leak[1])
    with pytest.raises(Invalid):
        outbox_file.read(file_of(cast.technician, entry, entry))


def test_only_what_a_phone_does_without_a_signal_is_read(cast, leak):
    for action in ("assign", "cancel_job", "close", "nonsense"):
        with pytest.raises(Invalid):
            outbox_file.read(file_of(cast.technician, filed(leak[1], action)))
    assert outbox_file.read(file_of(cast.technician, filed(None, "register"))).entries[0].action == "register"


def test_a_file_may_begin_with_a_byte_order_mark(cast, leak):
    content = file_of(cast.technician, filed(leak[1]))
    assert outbox_file.read(b"\xef\xbb\xbf" + content).person_id == cast.technician.id
    assert json.loads(content)["format"] == outbox_file.FORMAT
