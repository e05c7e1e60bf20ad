from io import BytesIO
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select

from extensions import attachment_store, db
from models import Attachment, Event, Job, ServiceRequest
from tests.factories import registered
from tests.pictures import picture

URL = "/service-requests/new"


@pytest.fixture
def typed(cast):
    """What an agent types in half a minute."""
    return {
        "event_id": str(uuid4()),
        "caller_phone": "138 0013 8000",
        "caller_name": "刘女士",
        "unit": "3-2-501",
        "category_id": str(cast.dripping_tap.id),
        "words": "厨房水龙头滴水",
        "kind": "repair",
        "channel": "phone",
        "then": "register",
    }


@pytest.fixture
def agent(client_for, cast):
    return client_for(cast.agent)


def all_of(model):
    return db.session.scalars(select(model)).all()


def actions():
    return [event.action for event in db.session.scalars(select(Event).order_by(Event.sequence))]


def errors(answer):
    page = BeautifulSoup(answer.text, "html.parser")
    return " ".join(line.text for line in page.select(".field-error, .form-errors li"))


def test_the_form_is_there_for_every_employee(client_for, cast):
    for colleague in (cast.agent, cast.director, cast.head, cast.guard, cast.cashier, cast.quality):
        assert client_for(colleague).get(URL).status_code == 200
    for colleague in (cast.leader, cast.administrator):
        assert client_for(colleague).get(URL).status_code == 403


def test_what_was_typed_becomes_a_request(agent, cast, typed):
    answer = agent.post(URL, data=typed)
    (service_request,) = all_of(ServiceRequest)
    assert answer.status_code == 303
    assert answer.location.endswith(str(service_request.id))
    assert service_request.id.hex == typed["event_id"].replace("-", "")
    assert service_request.unit_id == cast.unit.id
    assert service_request.caller_phone == "+8613800138000"
    assert service_request.status == "registered"


def test_the_mood_and_the_way_it_came_are_kept_and_shown_on_the_card(agent, typed):
    agent.post(URL, data=typed | {"mood": "angry", "channel": "wechat"})
    (service_request,) = all_of(ServiceRequest)
    assert (service_request.mood, service_request.channel) == ("angry", "wechat")
    card = agent.get(f"/service-requests/{service_request.id}").text
    assert "微信" in card and "气愤" in card


def test_a_number_names_its_resident(agent, cast, typed):
    agent.post(URL, data=typed | {"caller_name": ""})
    (service_request,) = all_of(ServiceRequest)
    assert (service_request.resident_id, service_request.caller_name) == (cast.resident.id, "刘女士")


def test_htmx_is_told_where_to_go(agent, typed):
    answer = agent.post(URL, data=typed, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"] == f"/service-requests/{typed['event_id']}"


def test_register_and_the_next_leads_back_to_what_was_registered(agent, typed):
    answer = agent.post(URL, data=typed | {"and_next": "yes"})
    assert answer.location == URL
    assert f'<a href="/service-requests/{typed["event_id"]}">YH-' in agent.get(URL).text


def test_register_and_accept(agent, typed):
    agent.post(URL, data=typed | {"then": "accept"})
    assert actions() == ["register", "accept"]


@pytest.mark.parametrize("target", ["department", "holder"])
def test_register_accept_and_dispatch(agent, cast, typed, target):
    chosen = {"department": cast.engineering, "holder": cast.technician}[target]
    agent.post(URL, data=typed | {"then": "dispatch", "target": f"{target}:{chosen.id}"})
    assert actions() == ["register", "accept", "dispatch"]
    (job,) = all_of(Job)
    assert job.department_id == cast.engineering.id
    assert job.holder_id == (cast.technician.id if target == "holder" else None)


def test_answered_on_the_spot(agent, typed):
    agent.post(URL, data=typed | {"then": "reply", "kind": "enquiry", "answer": "每月五号前交"})
    assert all_of(ServiceRequest)[0].status == "completed"
    assert actions() == ["register", "accept", "reply"]


def test_sending_twice_is_sending_once(agent, cast, typed):
    typed |= {"then": "dispatch", "target": f"department:{cast.engineering.id}"}
    locations = {agent.post(URL, data=typed).location for _ in range(3)}
    assert len(locations) == len(all_of(ServiceRequest)) == len(all_of(Job)) == 1


def test_other_words_under_the_same_id_are_not_swallowed(agent, typed):
    agent.post(URL, data=typed)
    answer = agent.post(URL, data=typed | {"words": "另一件事"})
    assert answer.status_code == 409
    assert "另一件事" in answer.text
    again = BeautifulSoup(answer.text, "html.parser").select_one("#event_id")["value"]
    assert agent.post(URL, data=typed | {"words": "另一件事", "event_id": again}).status_code == 303
    assert len(all_of(ServiceRequest)) == 2


def test_one_tap_and_a_place_are_enough_for_an_emergency(agent, cast):
    answer = agent.post(URL, data={"emergency": str(cast.burst_pipe.id), "unit": "3-2-501", "channel": "phone"})
    (service_request,) = all_of(ServiceRequest)
    assert answer.location.endswith(str(service_request.id))
    assert service_request.service_class == "urgent"
    assert service_request.category_id == cast.burst_pipe.id
    assert actions() == ["register", "accept", "dispatch"]
    assert all_of(Job)[0].department_id == cast.engineering.id


def test_an_emergency_without_a_place_asks_where_and_stays_armed(agent, cast):
    answer = agent.post(
        URL, data={"emergency": str(cast.burst_pipe.id), "channel": "phone", "caller_phone": "12345678"}
    )
    assert answer.status_code == 422
    page = BeautifulSoup(answer.text, "html.parser")
    assert page.select_one("input[name=emergency][checked]")["value"] == str(cast.burst_pipe.id)
    assert page.select_one("#caller_phone")["value"] == "12345678"
    assert all_of(ServiceRequest) == []


def test_an_emergency_through_somebody_who_does_not_dispatch_is_registered(client_for, cast):
    client_for(cast.cashier).post(
        URL, data={"emergency": str(cast.burst_pipe.id), "unit": "3-2-501", "channel": "visit"}
    )
    assert actions() == ["register"]


def test_the_first_button_of_the_form_is_not_an_emergency(agent):
    form = BeautifulSoup(agent.get(URL).text, "html.parser").select_one("#registration")
    first = form.select_one("button")
    assert (first["name"], first["value"]) == ("then", "register"), "Enter in a field presses the first button"


def test_a_room_typed_into_the_first_box_is_taken_for_the_unit(agent, cast, typed):
    agent.post(URL, data=typed | {"caller_phone": "3栋2单元501", "unit": ""})
    assert all_of(ServiceRequest)[0].unit_id == cast.unit.id


def test_a_name_typed_into_the_first_box_is_taken_for_the_name(agent, typed):
    agent.post(URL, data=typed | {"caller_phone": "刘女士", "caller_name": ""})
    assert (all_of(ServiceRequest)[0].caller_name, all_of(ServiceRequest)[0].caller_phone) == ("刘女士", "")


def test_an_unknown_unit_is_refused_with_its_neighbours_and_nothing_is_lost(agent, typed):
    answer = agent.post(URL, data=typed | {"unit": "3-2-509", "words": "很长的话" * 100})
    assert answer.status_code == 422
    assert "3-2-501" in errors(answer)
    assert "很长的话" * 100 in answer.text
    assert "138 0013 8000" in answer.text


def test_a_common_area_needs_no_unit(agent, cast, typed):
    agent.post(URL, data=typed | {"unit": "", "building_id": str(cast.building.id), "place": "一楼大堂"})
    (service_request,) = all_of(ServiceRequest)
    assert (service_request.building_id, service_request.place) == (cast.building.id, "一楼大堂")


BAD = {
    "nothing at all": {"words": "", "category_id": "", "unit": ""},
    "a repair without a place": {"unit": ""},
    "too many words": {"words": "字" * 10_001},
    "a long name": {"caller_name": "名" * 201},
    "a long place": {"place": "处" * 201},
    "a kind there is not": {"kind": "war"},
    "a channel there is not": {"channel": "telepathy"},
    "no kind": {"kind": ""},
    "a forged category": {"category_id": "11111111-1111-1111-1111-111111111111"},
    "half a category": {"category_id": "nonsense"},
    "a forged building": {"building_id": "nonsense"},
    "a forged resident": {"resident_id": "nonsense"},
    "another resident": {"resident_id": "11111111-1111-1111-1111-111111111111"},
    "a forged class": {"service_class": "royal"},
    "a forged target": {"then": "dispatch", "target": "holder:nonsense"},
    "no target": {"then": "dispatch", "target": ""},
    "no answer": {"then": "reply", "answer": " "},
    "no number": {"caller_phone": "abc", "caller_name": "刘女士"},
    "a unit in no language": {"unit": "💧" * 30},
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_what_cannot_be_taken_is_refused_with_words(agent, typed, bad):
    answer = agent.post(URL, data=typed | bad)
    assert answer.status_code == 422
    assert errors(answer)
    assert all_of(ServiceRequest) == []


def test_people_and_units_of_another_site_are_nobody(agent, cast, typed):
    for bad in (
        {"resident_id": str(cast.elsewhere.resident.id)},
        {"building_id": str(cast.elsewhere.building.id)},
        {"then": "dispatch", "target": f"holder:{cast.elsewhere.technician.id}"},
    ):
        assert agent.post(URL, data=typed | bad).status_code == 422
    assert agent.post(URL, data=typed | {"site_id": str(cast.elsewhere.site.id)}).status_code == 404
    assert all_of(ServiceRequest) == []


def test_odd_but_honest_words_are_taken(agent, typed):
    for words in (
        "字" * 10_000,
        "漏水💦💦",
        "第一行\r\n第二行",
        "a\x00b\x07c",
        "<script>alert(1)</script>",
        "'; DROP TABLE",
    ):
        answer = agent.post(URL, data=typed | {"words": words, "event_id": str(uuid4())})
        assert answer.status_code == 303, words[:20]
    kept = {service_request.words for service_request in all_of(ServiceRequest)}
    assert "abc" in kept and "漏水💦💦" in kept


def test_an_id_that_is_none_is_given_one(agent, typed):
    assert agent.post(URL, data=typed | {"event_id": "nonsense", "happened_at": "yesterday"}).status_code == 303


def test_photos_come_along(agent, typed):
    agent.post(URL, data=typed | {"photos": [(BytesIO(picture()), "漏水.jpg"), (BytesIO(picture("PNG")), "2.png")]})
    assert sorted(photo.name for photo in all_of(Attachment)) == ["2.png", "漏水.jpg"]


def test_what_is_no_photo_is_refused_and_the_words_stay(agent, typed):
    answer = agent.post(URL, data=typed | {"photos": [(BytesIO(b"<html>"), "leak.jpg")]})
    assert answer.status_code == 422
    assert "leak.jpg" in errors(answer)
    assert "厨房水龙头滴水" in answer.text
    assert all_of(ServiceRequest) == []


def test_a_full_disk_loses_no_words(agent, typed, tmp_path, monkeypatch):
    blocked = tmp_path / "no folder"
    blocked.touch()
    monkeypatch.setattr(attachment_store(), "folder", blocked)
    answer = agent.post(URL, data=typed | {"photos": [(BytesIO(picture()), "leak.jpg")]})
    assert answer.status_code == 422
    assert "厨房水龙头滴水" in answer.text
    assert all_of(ServiceRequest) == all_of(Attachment) == []


def test_the_caller_and_what_is_open_appear_beside_the_form(agent, cast):
    leak = registered(cast)
    fragment = BeautifulSoup(
        agent.get(f"{URL}/callers?caller_phone=1380", headers={"HX-Request": "true"}).text, "html.parser"
    )
    assert [tag["id"] for tag in fragment.find_all(recursive=False)] == ["beside"]
    assert fragment.select_one("a[data-fill]")["href"].count("3-2-501") == 1
    links = {link["href"] for link in fragment.select("a")}
    assert {f"/service-requests/{leak.id}", f"/service-requests/{leak.id}/chase"} <= links


def test_without_script_the_link_fills_the_form(agent, cast):
    fragment = agent.get(f"{URL}/callers?caller_phone=1380", headers={"HX-Request": "true"}).text
    link = BeautifulSoup(fragment, "html.parser").select_one("a[data-fill]")["href"]
    page = BeautifulSoup(agent.get(link).text, "html.parser")
    assert page.select_one("#caller_name")["value"] == "刘女士"
    assert page.select_one("#unit")["value"] == "3-2-501"
    assert page.select_one("#resident_id")["value"] == str(cast.resident.id)


def test_without_script_the_lookup_is_the_page_itself(agent):
    answer = agent.get(f"{URL}/callers?caller_phone=1380&endpoint=x&_scheme=gopher")
    assert answer.location == f"{URL}?caller_phone=1380"


def test_residents_are_shown_only_to_those_who_may_see_them(client_for, cast):
    guard = client_for(cast.guard)
    assert guard.get(f"{URL}/callers?caller_phone=1380", headers={"HX-Request": "true"}).status_code == 403
    assert "刘女士" not in guard.get(f"{URL}?caller_phone=1380").text


def test_somebody_of_the_company_chooses_the_site(client_for, cast, typed):
    quality = client_for(cast.quality)
    site_id = str(cast.elsewhere.site.id)
    assert site_id in quality.get(URL).text
    quality.post(URL, data=typed | {"site_id": site_id})
    assert all_of(ServiceRequest)[0].unit_id == cast.elsewhere.unit.id


def test_few_statements_draw_the_page_and_the_fragment(agent, cast, queries_run):
    for _ in range(6):
        registered(cast)
    agent.get(URL)
    queries_run.clear()
    agent.get(f"{URL}?caller_phone=13800138000&unit=3-2-501")
    page = len(queries_run)
    queries_run.clear()
    agent.get(f"{URL}/callers?caller_phone=13800138000&unit=3-2-501", headers={"HX-Request": "true"})
    assert page <= 6
    assert len(queries_run) <= 4
