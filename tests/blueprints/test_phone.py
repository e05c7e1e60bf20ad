"""The phone pages: my jobs, a job, the department, handing over, and what came of it."""

import re
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from sqlalchemy import update

from domain.kinds import Kind
from extensions import db
from models import Attachment, Category, ServiceRequest, User
from tests.factories import completed, dispatched, do, fresh, registered
from tests.pictures import picture

HTMX = {"HX-Request": "true"}


def sent_to(cast, department, **details):
    """A request dispatched to a department, and its job."""
    service_request = registered(cast, **details)
    do("accept", service_request, cast.agent)
    do("dispatch", service_request, cast.agent, department_id=str(department.id))
    return fresh(service_request).jobs[0]


def hand_over(visitor, **typed):
    return visitor.post("/phone/hand-over", data={"event_id": str(uuid4()), "words": "天花板漏水"} | typed)


def handed_over(answer):
    """The request an answer leads to."""
    assert answer.status_code == 303, answer.text
    return db.session.get_one(ServiceRequest, UUID(answer.location.rsplit("/", 1)[1]))


def test_my_jobs_show_what_to_do_next(cast, client_for):
    dispatched(cast)
    page = client_for(cast.technician).get("/phone/").text
    assert "3-2-501" in page
    assert "接单" in page


def test_a_job_says_what_the_resident_was_promised_until_somebody_has_kept_it(cast, client_for):
    service_request, job = dispatched(cast)
    for day, words in ((24, "周二下午五点前止住漏水"), (23, "今晚先送两只水桶")):
        do("promise", service_request, cast.agent, words=words, due_at=f"2099-11-{day}T17:00:00+08:00")
    technician, url = client_for(cast.technician), f"/phone/jobs/{job.id}"
    page = technician.get(url).text
    assert page.index("已承诺 2099-11-23 17:00 前</span>: 今晚先送两只水桶") < page.index(
        "11-24 17:00 前</span>: 周二下午五点前止住漏水"
    )
    do("reply", fresh(service_request), cast.agent, words="已告知进度")
    assert "周二下午五点前" not in technician.get(url).text


def test_a_list_that_did_not_change_is_not_sent_again(cast, client_for):
    _, job = dispatched(cast)
    technician = client_for(cast.technician)
    mark = re.search(r"mark=(\w+)", technician.get("/phone/").text)[1]
    assert technician.get(f"/phone/?mark={mark}", headers=HTMX).status_code == 204
    do("acknowledge", job, cast.technician)
    assert technician.get(f"/phone/?mark={mark}", headers=HTMX).status_code == 200


def test_only_the_qualified_on_duty_are_offered_free_jobs(cast, client_for):
    sent_to(cast, cast.engineering)
    technician = client_for(cast.technician)
    assert "/take" in technician.get("/phone/").text
    technician.post("/phone/duty", data={"on_duty": ""})
    assert "/take" not in technician.get("/phone/").text
    assert not db.session.get_one(User, cast.technician.id, populate_existing=True).on_duty
    assert "3-2-501" not in client_for(cast.guard).get("/phone/").text


def test_a_job_page_holds_everything_and_nothing_of_other_peoples_words(cast, client_for):
    earlier = completed(cast, words="别人的悄悄话")
    _, job = dispatched(cast)
    page = client_for(cast.technician2).get(f"/phone/jobs/{job.id}")
    assert page.status_code == 404
    page = client_for(cast.technician).get(f"/phone/jobs/{job.id}").text
    for needed in ("3-2-501", "刘女士", "tel:13800138000", "厨房水管漏水", "本户以往记录", 'action="/phone/jobs/'):
        assert needed in page
    assert earlier.words not in page


@pytest.mark.parametrize("typed", ["3-2-501", "３－２－５０１", "3栋2单元501", "32501", "501"])
def test_a_guard_hands_over_a_room_however_it_is_typed(cast, client_for, typed):
    request = handed_over(
        hand_over(client_for(cast.guard), room=typed, caller_name="刘女士", caller_phone="１３８００１３８０００")
    )
    assert request.unit_id == cast.unit.id
    assert request.resident_id == cast.resident.id
    assert request.caller_phone == "+8613800138000"
    assert request.registered_by_id == cast.guard.id
    assert request.channel == "staff"


def test_one_tap_for_the_category_is_enough(cast, client_for):
    db.session.get_one(Category, cast.burst_pipe.id).is_quick = True
    db.session.commit()
    request = handed_over(
        hand_over(client_for(cast.guard), room="3-2-501", words="", category_id=str(cast.burst_pipe.id))
    )
    assert (request.kind, request.service_class) == (Kind.REPAIR, "urgent")


def test_a_photo_says_enough(cast, client_for):
    handed_over(hand_over(client_for(cast.guard), room="3-2-501", words="", photos=(BytesIO(picture()), "wall.jpg")))
    assert db.session.scalars(db.select(Attachment)).one()


def test_a_common_area_is_a_place_too(cast, client_for):
    request = handed_over(hand_over(client_for(cast.guard), building_id=str(cast.building.id), place="地下车库B区"))
    assert (request.building_id, request.place) == (cast.building.id, "地下车库B区")


def test_an_unknown_room_is_sent_as_it_is_when_the_guard_insists(cast, client_for):
    guard = client_for(cast.guard)
    answer = hand_over(guard, room="9-9-999")
    assert answer.status_code == 422
    assert "天花板漏水" in answer.text
    assert handed_over(hand_over(guard, room="9-9-999", as_typed="y")).place == "9-9-999"


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"room": "3-2-501", "words": ""},
        {"room": "3-2-501", "caller_phone": "abc"},
        {"room": "3-2-501", "category_id": "x"},
        {"building_id": "x"},
        {"room": "字" * 10_000},
    ],
)
def test_what_is_missing_or_wrong_is_said(cast, client_for, typed):
    assert hand_over(client_for(cast.guard), **typed).status_code == 422


def test_the_same_matter_sent_twice_is_one_request(cast, client_for):
    guard, id = client_for(cast.guard), str(uuid4())
    first, second = (hand_over(guard, room="3-2-501", event_id=id) for _ in range(2))
    assert first.location == second.location
    assert hand_over(guard, room="3-2-501", event_id=id, words="别的话").status_code == 409


def test_a_typed_room_fills_in_name_and_number(cast, client_for):
    fragment = client_for(cast.guard).get("/phone/hand-over/found?room=3-2-501", headers=HTMX).text
    assert "刘女士" in fragment
    assert "138 0013 8000" in fragment
    assert "<html" not in fragment


def test_a_room_is_found_by_taps_without_script(cast, client_for):
    guard, page = client_for(cast.guard), "/phone/hand-over"
    for _ in range(3):
        found = re.search(r'id="step-1" href="([^"]+)"', guard.get(page).text)
        page = found[1].replace("&amp;", "&")
    assert "刘女士" in guard.get(page).text


def test_another_sites_people_are_not_looked_up(cast, client_for):
    fragment = client_for(cast.elsewhere.guard).get("/phone/hand-over/found?room=3-2-501", headers=HTMX).text
    assert "138 0013 8000" not in fragment


def test_somebody_of_the_company_says_which_site(cast, client_for):
    quality = client_for(cast.quality)
    assert str(cast.elsewhere.site.id) in quality.get("/phone/hand-over").text
    assert (
        handed_over(hand_over(quality, site=str(cast.elsewhere.site.id), place="大堂")).site_id
        == cast.elsewhere.site.id
    )
    assert quality.get(f"/phone/hand-over?site={uuid4()}").status_code == 404


def test_my_reports_tell_what_came_of_each(cast, client_for):
    guard = client_for(cast.guard)
    request = handed_over(hand_over(guard, room="3-2-501"))
    do("accept", request, cast.agent)
    do("dispatch", request, cast.agent, holder_id=str(cast.technician.id))
    do("annotate", request, cast.agent, words="师傅下午三点到", audience="resident")
    do("annotate", request, cast.agent, words="内部备注", audience="internal")
    page = guard.get("/phone/reports").text
    for told in (request.reference, "已收到", "已受理", "李师傅", "师傅下午三点到"):
        assert told in page
    assert "内部备注" not in page


def test_the_guard_reads_the_answer_the_resident_got(cast, client_for):
    guard = client_for(cast.guard)
    request = handed_over(hand_over(guard, room="3-2-501"))
    do("reply", request, cast.agent, words="楼上已停用洗衣机")
    assert "楼上已停用洗衣机" in guard.get("/phone/reports").text


def test_my_reports_are_paged_by_key_without_gap_or_repetition(cast, client_for):
    guard = client_for(cast.guard)
    all_of_them = {registered(cast, by=cast.guard).reference for _ in range(33)}
    seen, page = [], "/phone/reports"
    while page:
        text = guard.get(page).text
        seen += re.findall(r"YH-\d{6}-\d{3}", text)
        older = re.search(r'rel="next"[^>]*href="([^"]+)"', text)
        page = older and older[1].replace("&amp;", "&")
    assert sorted(seen) == sorted(all_of_them)


def test_a_head_assigns_in_two_taps(cast, client_for):
    job = sent_to(cast, cast.engineering)
    head = client_for(cast.head)
    page = head.get("/phone/department").text
    assert "3-2-501" in page
    page = head.get(f"/phone/department?lens=unassigned&assign={job.id}").text
    assert f'value="holder:{cast.technician.id}"' in page
    assert "在岗" in page


@pytest.mark.parametrize("address", ["/phone/", "/phone/department?lens=all", "/phone/reports"])
def test_a_longer_list_asks_no_more_of_the_database(cast, client_for, queries_run, address):
    user = client_for(cast.head)
    counts = []
    for _ in range(2):
        for _ in range(6):
            dispatched(cast, to=cast.head)
            registered(cast, by=cast.head)
        queries_run.clear()
        page = user.get(address)
        counts.append(len(queries_run))
        assert len(page.data) <= 30_000
    assert counts[0] == counts[1] <= 6


@pytest.mark.parametrize(
    "address",
    [
        "/phone/reports?beyond=1_x_y",
        "/phone/department?holder=x&assign=y&lens=z",
        "/phone/hand-over?building=x&floor=99999999999999999999",
        "/phone/hand-over?room=%00",
        "/phone/reports?beyond=99999999999999999999_20261122T010500.123456_" + "0" * 32,
    ],
)
def test_no_address_breaks_a_page(cast, client_for, address):
    assert client_for(cast.head).get(address).status_code in (200, 404)


def test_who_hands_over_the_same_twice_is_told_of_the_first(cast, client_for):
    guard = client_for(cast.guard)
    typed = {"room": "3-2-501", "category_id": str(cast.burst_pipe.id)}
    db.session.execute(update(Category).where(Category.id == cast.burst_pipe.id).values(is_quick=True))
    db.session.commit()
    first, second, other = (
        guard.get(guard.post("/phone/hand-over", data=typed | more).location).text
        for more in ({"event_id": str(uuid4())}, {"event_id": str(uuid4())}, {"room": "3-2-502"})
    )
    assert ["之前已报过同一件事" in page for page in (first, second, other)] == [False, True, False]
