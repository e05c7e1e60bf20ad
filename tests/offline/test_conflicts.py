"""What happened meanwhile: the lifecycle decides, the reason is said in words, only that job waits, nothing is lost."""

from uuid import uuid4

import pytest

from tests.factories import do
from tests.offline import faults, stored
from tests.offline.phone import photos
from tests.offline.test_delivery import FIXED
from tests.pictures import picture

# A page among those kept for this person.
LAY = "([person, path]) => caches.open(`pages-${person}`).then((pages) => pages.put(path, new Response()))"


def offline_at(mine, *jobs):
    """On the phone, and no signal."""
    for job in jobs:
        mine.holds(f"/phone/jobs/{job.id}")
    mine.go_offline()


@pytest.mark.on_both
def test_a_job_given_to_somebody_else_is_said_so_and_only_that_job_waits(cast, job, other_job, phone, network):
    """Scenario 14."""
    mine = phone(cast.technician)
    offline_at(mine, job, other_job)
    refused = mine.open_job(job).tap("acknowledge")
    behind = mine.tap("arrive")
    mine.open_job(other_job).tap("acknowledge")
    do("assign", job, cast.head, holder_id=str(cast.technician2.id))
    mine.go_online()
    mine.open("/phone/outbox")
    reason = mine.settled(refused["id"], "refused")["answer"]["sentence"]
    assert cast.technician2.name in reason
    mine.wait_for(lambda: reason in mine.card(refused).inner_text())
    mine.wait_for(lambda: stored.actions(other_job) == ["acknowledge"])
    not_mine = f"/phone/jobs/{uuid4()}"
    mine.page.evaluate(LAY, [mine.user_id, not_mine])
    mine.wait_for(lambda: not mine.has(not_mine) or mine.has_sent(), "what is not mine having left the phone")
    assert mine.entry(behind["id"])["state"] == "waiting"
    assert network.sent(f"POST /phone/jobs/{job.id}/arrive") == []
    assert mine.has(f"/phone/jobs/{job.id}"), "What unsent work hangs on stays on the phone."
    for entry in (refused, behind):
        mine.settled(entry["id"], "refused")
        mine.discard(entry)
        mine.settled(entry["id"], "withdrawn")
    assert stored.actions(job) == ["assign"]
    assert {receipt.verdict.value for receipt in stored.receipts()} >= {"applied"}
    assert stored.receipt(refused["id"]).reason


def test_what_was_discarded_can_be_taken_back(cast, job, phone):
    """Scenario 14."""
    mine = phone(cast.technician)
    offline_at(mine, job)
    entry = mine.open_job(job).tap("acknowledge")
    mine.open("/phone/outbox")
    mine.discard(entry)
    mine.settled(entry["id"], "withdrawn")
    mine.take_back(entry)
    mine.go_online()
    mine.delivered()
    assert stored.actions(job) == ["acknowledge"]


def test_a_refused_form_is_mended_and_sent_again_in_its_place_with_its_photos(cast, job, phone):
    """Scenario 15."""
    mine = phone(cast.technician)
    offline_at(mine, job)
    mine.open_job(job).tap("acknowledge")
    mine.tap("arrive")
    refused = mine.tap("complete", outcome="fixed", photos_after=photos(1))
    behind = mine.tap("annotate", words="住户要发票")
    mine.go_online()
    mine.open("/phone/outbox").settled(refused["id"], "refused")
    assert mine.entry(behind["id"])["state"] == "waiting"
    mended = mine.mend(refused, work_done="更换角阀")
    mine.settled(mended["id"], "done")
    mine.delivered()
    assert stored.done() == ["acknowledge", "arrive", "complete", "annotate"]
    assert stored.events(job)[-1].details["work_done"] == "更换角阀"
    assert [picture.stage.value for picture in stored.pictures()] == ["after"]
    assert str(stored.receipt(refused["id"]).replaced_by) == mended["id"]


def test_photos_are_taken_out_and_added_while_a_refused_form_is_mended(cast, job, phone):
    """Scenario 15."""
    mine = phone(cast.technician)
    offline_at(mine, job)
    mine.open_job(job).tap("acknowledge")
    mine.tap("arrive")
    refused = mine.tap("complete", outcome="fixed", photos_after=photos(2))
    kept = refused["photos"][1]["sha256"]
    mine.open("/phone/outbox").go_online()
    mine.settled(refused["id"], "refused")
    card = mine.card(refused)
    mine.wait_for(lambda: card.locator("form .chosen img").count() == 2)
    card.locator("form .chosen button").first.click()
    card.locator("form [name=photos_after]").set_input_files(
        [{"name": "x.jpg", "mimeType": "image/jpeg", "buffer": picture(size=(900, 600))}]
    )
    mine.wait_for(lambda: card.locator("form .chosen img").count() == 2)
    mended = mine.mend(refused, work_done="更换角阀")
    assert [photo["sha256"] == kept for photo in mended["photos"]] == [True, False]
    mine.settled(mended["id"], "done")
    told = {photo["sha256"]: photo["state"] for photo in stored.receipt(mended["id"]).photos}
    assert told == {photo["sha256"]: "kept" for photo in mended["photos"]}


def test_photos_of_a_completion_that_came_too_late_reach_the_centre(cast, job, phone):
    """Scenario 45."""
    mine = phone(cast.technician)
    offline_at(mine, job)
    refused = mine.open_job(job).tap("complete", **FIXED, photos_after=photos(2))
    do("cancel_job", job, cast.agent, reason="solved")
    mine.go_online()
    mine.open("/phone/outbox")
    mine.settled(refused["id"], "refused")
    mine.wait_for(lambda: {photo["state"] for photo in mine.entry(refused["id"])["photos"]} == {"kept"})
    receipt = stored.receipt(refused["id"])
    assert receipt.verdict.value == "refused"
    assert [photo["state"] for photo in receipt.photos] == ["kept", "kept"]
    assert "更换角阀" in str(receipt.fields)
    assert stored.actions(job) == ["cancel_job"]


def test_photos_of_work_that_was_closed_meanwhile_still_become_part_of_it(cast, job, phone, network):
    """Scenario 46."""
    mine = phone(cast.technician).open_job(job)
    network.on("POST /phone/entries/[^/]+/photos", faults.lose_request, faults.ALWAYS)
    entry = mine.tap("complete", **FIXED, photos_after=photos(1))
    mine.settled(entry["id"], "photos")
    do("close", stored.request_of(job), cast.agent, verdict="satisfied")
    network.mend()
    mine.send_now()
    mine.delivered()
    assert [str(picture.event_id) for picture in stored.pictures()] == [entry["id"]]


def test_a_form_that_gained_a_field_since_the_page_was_kept_can_be_mended(cast, job, phone):
    """Scenario 58."""
    mine = phone(cast.technician)
    offline_at(mine, job)
    mine.open_job(job)
    mine.page.evaluate("document.querySelectorAll('form[data-entry=complete] fieldset').forEach((old) => old.remove())")
    refused = mine.tap("complete", work_done="更换角阀")
    mine.go_online()
    mine.open("/phone/outbox").settled(refused["id"], "refused")
    mended = mine.mend(refused, outcome="fixed")
    mine.settled(mended["id"], "done")
    assert stored.events(job)[-1].details["work_done"] == "更换角阀"


@pytest.mark.on_both
def test_two_phones_of_one_person_finish_the_same_job_and_the_second_hears_already(cast, job, phone):
    """Scenario 67."""
    first, second = phone(cast.technician), phone(cast.technician)
    for mine in (first, second):
        offline_at(mine, job)
        mine.open_job(job).tap("complete", **FIXED)
    first.go_online()
    first.delivered()
    second.go_online()
    second.delivered()
    assert second.entries()[0]["answer"]["code"] == "already"
    assert stored.actions(job) == ["complete"]
    assert stored.request_of(job).status.value == "completed"


def test_a_request_that_moved_meanwhile_is_no_reason_to_refuse_what_is_still_possible(cast, job, phone):
    """Scenario 14."""
    mine = phone(cast.technician)
    offline_at(mine, job)
    entry = mine.open_job(job).tap("acknowledge")
    do("annotate", job.service_request, cast.agent, words="住户下午在家", audience="internal")
    mine.go_online()
    assert mine.settled(entry["id"], "done")["answer"]["code"] == "moved"
    assert stored.actions(job)[-1] == "acknowledge"
