from datetime import timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup

from extensions import db, now
from models import Attachment, Job, Phone, Receipt, ServiceRequest
from tests.entries import Phone as OutboxPhone
from tests.factories import dispatched, do
from tests.phones import PHOTO, file_of, filed, handed_over, phone_of, refused, sha


@pytest.fixture
def agent(client_for, cast):
    return client_for(cast.agent)


@pytest.fixture
def leak(cast):
    return dispatched(cast)


def soup(answer):
    return BeautifulSoup(answer.text, "html.parser")


def names(answer):
    return [cell.text for cell in soup(answer).select("tbody th .strong")]


def words(answer, selector="main"):
    return " ".join(" ".join(part.stripped_strings) for part in soup(answer).select(selector))


def test_where_no_phone_has_reported_the_page_says_how_one_does(agent):
    assert "还没有手机" in words(agent.get("/phones"))


def test_the_most_worrying_phone_stands_first_and_words_say_why(cast, agent):
    phone_of(cast.cashier)
    phone_of(cast.guard, waiting=2, last_seen_at=now() - timedelta(hours=9), oldest_at=now() - timedelta(hours=10))
    phone_of(cast.technician, attention=1, waiting=1)
    phone_of(cast.technician2, refused=1)
    phone_of(cast.head, lost_at=now() - timedelta(days=1))
    answer = agent.get("/phones")
    assert names(answer) == ["李师傅", "赵铁军", "孙大勇", "张师傅", "吴敏"]
    rows = [words_of(row) for row in soup(answer).select("tbody tr")]
    assert "1 条卡住" in rows[0]
    assert "存储" in rows[1]
    assert "有条目待发，已 9 小时" in rows[2]
    assert "1 条未被接受" in rows[3]


def words_of(row):
    return " ".join(row.stripped_strings)


def test_a_phone_that_is_silent_but_owes_nothing_is_no_worry(cast, agent):
    phone_of(cast.guard, last_seen_at=now() - timedelta(days=2))
    assert soup(agent.get("/phones")).select("tbody .tag") == []


def test_a_phone_nobody_used_for_long_is_listed_only_while_it_owes_something(cast, agent):
    phone_of(cast.guard, last_seen_at=now() - timedelta(days=200))
    phone_of(cast.technician, waiting=1, last_seen_at=now() - timedelta(days=200))
    assert names(agent.get("/phones")) == ["李师傅"]


def test_whoever_leads_people_sees_their_phones_and_no_others(cast, client_for):
    for user in (cast.technician, cast.guard, cast.elsewhere.technician):
        phone_of(user)
    seen = {who: len(names(client_for(getattr(cast, who)).get("/phones"))) for who in ("agent", "head", "quality")}
    assert seen == {"agent": 2, "head": 1, "quality": 3}
    assert client_for(cast.technician).get("/phones").status_code == 403


def test_a_number_that_is_known_is_called_with_one_tap(cast, agent):
    user = db.session.merge(cast.technician)
    user.phone = "+8613900000001"
    phone_of(user)
    assert soup(agent.get("/phones")).select_one("tbody a[href='tel:13900000001']")


def test_five_hundred_phones_are_paged_there_and_back(cast, agent):
    moment = now()
    db.session.add_all(
        Phone(id=uuid4(), user_id=cast.technician.id, site_id=cast.site.id, last_seen_at=moment) for _ in range(500)
    )
    db.session.commit()
    answer, seen = agent.get("/phones"), []
    while True:
        seen += [row["id"] for row in soup(answer).select("tbody tr")]
        following = soup(answer).select_one("a[rel=next]")
        if following is None:
            break
        answer = agent.get(following["href"])
    assert len(seen) == len(set(seen)) == 500
    back = agent.get(soup(answer).select_one("a[rel=prev]")["href"])
    assert [row["id"] for row in soup(back).select("tbody tr")] == seen[400:450]


def test_the_list_asks_again_for_its_fragment_only(cast, agent):
    phone_of(cast.technician)
    answer = agent.get("/phones", headers={"HX-Request": "true"})
    assert soup(answer).select_one("#phones") and not soup(answer).select_one("html")


@pytest.mark.parametrize("address", ["/phones", "/phones/refused", "/phones/settled"])
def test_a_key_nobody_gave_out_is_not_found(agent, address):
    assert agent.get(f"{address}?after=nonsense").status_code == 404


def test_the_rail_counts_what_somebody_has_to_look_at(cast, leak, client_for):
    refused(cast.technician, job=leak[1])
    phone_of(cast.guard, attention=1)
    phone_of(cast.technician)
    phone_of(cast.elsewhere.guard, attention=1)
    counted = {
        who: words(client_for(getattr(cast, who)).get("/desk"), ".rail-link[href='/phones'] .count")
        for who in ("agent", "quality", "site_director")
    }
    assert counted == {"agent": "2", "quality": "3", "site_director": "2"}


def test_a_refused_entry_is_shown_with_reason_words_photos_and_the_way_to_its_request(cast, leak, agent):
    entry = refused(cast.technician, job=leak[1], photos=[PHOTO])
    answer = agent.get("/phones/refused")
    shown = words(answer, f"#entry-{entry.id}")
    for said in ("完工", "李师傅", "这条任务已经转给别人。", "更换角阀", "已修复", leak[0].reference):
        assert said in shown, said
    assert soup(answer).select_one(f"a[href='/service-requests/{leak[0].id}']")
    photo = soup(answer).select_one(".photo img")["src"]
    assert agent.get(photo).mimetype == "image/jpeg"
    assert db.session.query(Attachment).filter_by(service_request_id=leak[0].id).count() == 1


def test_whoever_and_whatever_was_chosen_is_named(cast, leak, agent):
    refused(cast.technician, job=leak[1], action="transfer", fields={"target": [f"holder:{cast.technician2.id}"]})
    handed_over(cast.guard, fields={"building_id": [str(cast.building.id)], "category_id": [str(cast.noise.id)]})
    refused(cast.technician, job=leak[1], action="hold", fields={"until": ["2026-11-25"], "later_field": ["x"]})
    shown = words(agent.get("/phones/refused"))
    assert all(said in shown for said in ("张师傅", "3栋", "噪音", "2026-11-25", "later_field x"))


def test_what_is_settled_leaves_the_list_and_can_be_taken_back(cast, leak, agent):
    entry = refused(cast.technician, job=leak[1])
    answer = agent.get(agent.post(f"/phones/refused/{entry.id}/settle").location)
    assert soup(answer).select("article") == []
    assert words(agent.get("/phones/settled"), "article").count("王晓梅") == 1
    undo = soup(answer).select_one("#just-settled form")["action"]
    answer = agent.get(agent.post(undo).location)
    assert len(soup(answer).select("article")) == 1
    assert now_of(entry).dismissed_at is None


def test_settling_twice_keeps_the_first_name(cast, leak, agent, client_for):
    entry = refused(cast.technician, job=leak[1])
    agent.post(f"/phones/refused/{entry.id}/settle")
    client_for(cast.director).post(f"/phones/refused/{entry.id}/settle")
    assert now_of(entry).dismissed_by_id == cast.agent.id


def now_of(entry):
    return db.session.get_one(Receipt, entry.id, populate_existing=True)


def test_nobody_settles_what_is_not_theirs_to_see(cast, leak, client_for):
    entry = refused(cast.technician, job=leak[1])
    assert client_for(cast.elsewhere.agent).post(f"/phones/refused/{entry.id}/settle").status_code == 404
    assert client_for(cast.technician).post(f"/phones/refused/{entry.id}/settle").status_code == 403


def test_a_head_does_it_for_them_where_the_lifecycle_lets_a_head(cast, client_for):
    service_request, _job = dispatched(cast)
    event = do("dispatch", service_request, cast.agent, department_id=str(cast.engineering.id))
    job = db.session.get_one(Job, event.job_id)
    refused(cast.technician2, job=job, action="return", fields={"reason": ["other"], "words": ["钥匙打不开"]})
    for who, expected in (("head", f"/phone/jobs/{job.id}/return"), ("agent", None)):
        link = soup(client_for(getattr(cast, who)).get("/phones/refused")).select_one("article a.button-primary")
        assert (link and link["href"]) == expected, who


def test_a_refused_hand_over_is_registered_from_a_form_that_is_filled_in_already(cast, agent):
    entry = handed_over(cast.guard)
    link = soup(agent.get("/phones/refused")).select_one("article a.button-primary")["href"]
    form = soup(agent.get(link)).select_one("#registration")
    typed = {name: form.select_one(f"[name={name}]") for name in ("unit", "caller_name", "caller_phone")}
    assert {name: field["value"] for name, field in typed.items()} == {
        "unit": "3-2-501", "caller_name": "刘女士", "caller_phone": "13800138000",
    }  # fmt: skip
    assert form.select_one("[name=words]").text.strip() == "大厅灯不亮"
    assert form.select_one("[name=entry]")["value"] == str(entry.id)


def test_registering_a_refused_hand_over_settles_it_and_brings_its_photos(cast, agent):
    entry = handed_over(cast.guard, photos=[PHOTO])
    typed = {"unit": "3-2-501", "words": "大厅灯不亮", "kind": "repair", "channel": "staff", "entry": str(entry.id)}
    answer = agent.post("/service-requests/new", data=typed)
    assert answer.status_code == 303
    kept = now_of(entry)
    assert kept.dismissed_by_id == cast.agent.id
    assert answer.location == f"/service-requests/{kept.service_request_id}"
    assert db.session.query(Attachment).filter_by(service_request_id=kept.service_request_id).count() == 1


def test_what_was_registered_is_registered_once_and_stays_settled(cast, agent, client_for):
    entry = handed_over(cast.guard)
    typed = {"unit": "3-2-501", "words": "大厅灯不亮", "kind": "repair", "channel": "staff", "entry": str(entry.id)}
    assert agent.post("/service-requests/new", data=typed).status_code == 303
    again = client_for(cast.director).post("/service-requests/new", data=typed)
    assert again.status_code == 409 and "已有人登记" in words(again)
    assert agent.post(f"/phones/refused/{entry.id}/take-back").status_code == 409
    assert soup(agent.get("/phones/settled")).select("article form") == []
    assert db.session.query(ServiceRequest).count() == 1


def test_the_card_of_a_request_says_which_entries_were_not_accepted(cast, leak, agent):
    refused(cast.technician, job=leak[1])
    history = words(agent.get(f"/service-requests/{leak[0].id}"), ".timeline")
    assert "未被接受：完工" in history and "这条任务已经转给别人。" in history and "更换角阀" in history


def test_the_card_on_the_screen_notices_an_entry_that_was_refused_meanwhile(cast, leak, agent):
    page = soup(agent.get(f"/service-requests/{leak[0].id}")).select_one("#service-request")["hx-get"]
    assert agent.get(page, headers={"HX-Request": "true"}).status_code == 204
    refused(cast.technician, job=leak[1])
    assert agent.get(page, headers={"HX-Request": "true"}).status_code == 200


def send(agent, content, then="bring"):
    """The file, chosen and sent."""
    return agent.post("/phones/load", data={"then": then, "file": (BytesIO(content), "yingda-outbox.json")})


def test_a_file_is_looked_at_before_anything_is_kept(cast, leak, agent):
    answer = send(agent, file_of(cast.technician, filed(leak[1], photos=[PHOTO])), then="look")
    assert answer.status_code == 200
    assert "李师傅" in words(answer) and "完工" in words(answer)
    assert soup(answer).select_one("button[value=bring]")
    assert db.session.query(Receipt).filter_by(verdict="brought").count() == 0


def test_a_file_that_is_brought_in_stands_beside_the_refused_entries(cast, leak, agent):
    entry = filed(leak[1], photos=[PHOTO])
    answer = send(agent, file_of(cast.technician, entry))
    assert answer.location == "/phones/refused"
    answer = agent.get("/phones/refused")
    shown = words(answer, f"#entry-{entry['id']}")
    assert "更换角阀" in shown and "王晓梅" in shown and leak[0].reference in shown
    assert agent.get(soup(answer).select_one(".photo img")["src"]).status_code == 200


FORGED = {
    "nothing": b"",
    "no JSON": b"{",
    "not text": b"\xff\xfe\x00",
    "deep": b"[" * 100_000,
    "a list": b"[]",
    "a number": b"7",
    "another format": b'{"format": "x", "entries": [1]}',
}


@pytest.mark.parametrize("content", FORGED.values(), ids=FORGED)
def test_a_file_no_phone_made_is_refused_in_words(agent, content):
    answer = send(agent, content)
    assert answer.status_code == 422
    assert soup(answer).select_one(".form-errors")


WRONG = {
    "id": 7,
    "url": "/phone/jobs/x/complete",
    "fields": [["a"]],
    "photos": [{"sha256": "x"}],
    "label": ["x"],
}


@pytest.mark.parametrize("name", WRONG)
def test_a_damaged_entry_is_named_by_its_number(cast, leak, agent, name):
    answer = send(agent, file_of(cast.technician, filed(leak[1]), filed(leak[1]) | {name: WRONG[name]}))
    assert answer.status_code == 422
    assert "2" in words(answer, ".form-errors")
    assert db.session.query(Receipt).filter_by(verdict="brought").count() == 0


def test_a_file_of_somebody_of_another_site_is_refused(cast, leak, agent):
    answer = send(agent, file_of(cast.elsewhere.technician, filed(leak[1])))
    assert answer.status_code == 422
    assert "不是" in words(answer, ".form-errors")


def test_an_entry_with_the_number_of_somebody_elses_is_refused(cast, leak, agent):
    other = refused(cast.technician2, job=leak[1])
    answer = send(agent, file_of(cast.technician, filed(leak[1], id=str(other.id))))
    assert answer.status_code == 422
    event = do("chase", leak[0], cast.agent, words="快")
    assert send(agent, file_of(cast.technician, filed(leak[1], id=str(event.id)))).status_code == 422


def test_signs_no_database_keeps_are_left_out(cast, leak, agent):
    entry = filed(leak[1], fields=[["work_done", "a\0b\ud800c"]], happened_at="9999-99-99")
    assert send(agent, file_of(cast.technician, entry)).status_code == 303
    assert "ab?c" in words(agent.get("/phones/refused"))


ROOM = {"room": "3-2-501", "words": "大厅灯不亮"}


def written(job):
    """What a phone has written: of a job, or a hand-over."""
    photo = ("photos_after" if job else "photos", "1.jpg", PHOTO)
    typed = {"outcome": "fixed", "work_done": "更换角阀"} if job else ROOM
    return f"/phone/jobs/{job.id}/complete" if job else "/phone/hand-over", photo, typed


@pytest.mark.parametrize("of_a_job", [True, False])
def test_what_the_phone_delivers_after_its_file_is_done_with_each_photo_once(app, cast, leak, agent, of_a_job):
    person, job = (cast.technician, leak[1]) if of_a_job else (cast.guard, None)
    url, photo, typed = written(job)
    phone = OutboxPhone(app, person)
    entry = phone.written(url, photos=[photo], **typed)
    pairs = [[name, value] for name, value in typed.items()]
    in_file = filed(job, photos=[PHOTO], id=entry["id"], url=url, fields=pairs)
    assert send(agent, file_of(person, in_file)).status_code == 303
    answer = phone.deliver(entry).json
    assert answer["verdict"] == "applied"
    for wanted, state in answer["photos"].items():
        assert state == "kept" or phone.send_photo(entry["id"], PHOTO).json["verdict"] == "kept", wanted
    photos = db.session.query(Attachment).all()
    assert [photo.source_sha256 for photo in photos] == [sha(PHOTO)]


def test_the_sha_of_a_photo_names_it(cast, leak, agent):
    entry = filed(leak[1], photos=[PHOTO])
    send(agent, file_of(cast.technician, entry))
    assert agent.get(f"/phones/refused/{entry['id']}/photos/{sha(PHOTO)}?small=yes").status_code == 200
    assert agent.get(f"/phones/refused/{entry['id']}/photos/{'0' * 64}").status_code == 404
