from datetime import date, timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup

from extensions import db, now
from models import AdministrationEntry, Resident, ResidentPhone, Tenure, TenureKind
from tests.factories import completed, registered


@pytest.fixture
def agent(client_for, cast):
    return client_for(cast.agent)


def rows(answer):
    return [link.text for link in BeautifulSoup(answer.text, "html.parser").select("tbody .row-link")]


def settle(cast, name, number, since, until=None):
    """One more resident of 3-2-502."""
    resident = Resident(id=uuid4(), site_id=cast.site.id, name=name, initials="x")
    db.session.add(resident)
    db.session.flush()
    db.session.add_all(
        [
            ResidentPhone(site_id=cast.site.id, resident_id=resident.id, number=number),
            Tenure(
                site_id=cast.site.id, resident_id=resident.id, unit_id=cast.next_door.id, kind=TenureKind.TENANT,
                starts_on=since, ends_on=until,
            ),
        ]
    )  # fmt: skip
    db.session.commit()
    return resident


@pytest.mark.parametrize("typed", ["", "刘", "lns", "8000", "3-2-501", "3栋2单元501"])
def test_residents_are_found_by_what_is_remembered_of_them(agent, typed):
    assert rows(agent.get("/residents", query_string={"who": typed})) == ["刘女士"]


@pytest.mark.parametrize("typed", ["王", "13", "%", "🏠", "9-9-9", "x" * 10_000, "'"])
def test_nothing_found_is_said(agent, typed):
    answer = agent.get("/residents", query_string={"who": typed})
    assert (answer.status_code, rows(answer)) == (200, [])
    assert "没有找到" in answer.text


def test_control_characters_are_no_words(agent):
    assert rows(agent.get("/residents", query_string={"who": "\x00刘\x07"})) == ["刘女士"]


def test_many_residents_are_paged_by_name(agent, cast):
    for n in range(60):
        settle(cast, f"住户{n:02}", f"+86138000000{n:02}", date(2020, 1, 1))
    seen, url = [], "/residents"
    while url:
        page = agent.get(url)
        seen += rows(page)
        link = BeautifulSoup(page.text, "html.parser").select_one("a[rel=next]")
        url = link["href"] if link else None
    assert len(seen) == len(set(seen)) == 61


def test_a_resident_shows_numbers_units_and_every_request(agent, cast):
    mine = registered(cast, resident_id=str(cast.resident.id))
    registered(cast, resident_id="", unit_id=str(cast.next_door.id))
    answer = agent.get(f"/residents/{cast.resident.id}")
    assert rows(answer) == [mine.reference]
    assert "138 0013 8000" in answer.text
    assert "3-2-501" in answer.text
    assert "近一年 1 件，未结 1 件" in answer.text


def test_a_unit_remembers_who_lived_there(agent, cast):
    settle(cast, "现租户", "+8613800000001", date(2026, 1, 1))
    settle(cast, "前租户", "+8613800000002", date(2020, 1, 1), date(2025, 12, 31))
    page = agent.get(f"/residents/units/{cast.next_door.id}").text
    assert page.index("现租户") < page.index("前租户")
    assert "2020-01-01 至 2025-12-31" in page


def test_the_count_knows_a_year_and_what_is_open(agent, cast):
    here = {"resident_id": str(cast.resident.id)}
    registered(cast, happened_at=now() - timedelta(days=400), **here)
    completed(cast, **here)
    assert "近一年 1 件，未结 2 件" in agent.get(f"/residents/{cast.resident.id}").text


def test_requests_are_newest_first_and_paged_by_key(agent, cast):
    for minutes in range(53):
        registered(cast, happened_at=now() - timedelta(minutes=minutes))
    first = agent.get(f"/residents/units/{cast.unit.id}")
    link = BeautifulSoup(first.text, "html.parser").select_one("a[rel=next]")["href"]
    second = rows(agent.get(link))
    assert (len(rows(first)), len(second), len(set(rows(first) + second))) == (50, 3, 53)


def test_the_other_site_is_not_there(client_for, cast):
    stranger = client_for(cast.elsewhere.agent)
    assert stranger.get(f"/residents/{cast.resident.id}").status_code == 404
    assert stranger.get(f"/residents/units/{cast.unit.id}").status_code == 404
    assert "138 0013 8000" not in stranger.get("/residents").text


def test_only_those_who_may_see_residents_do(client_for, cast):
    for colleague in (cast.guard, cast.technician, cast.head, cast.leader, cast.administrator):
        for path in ("", f"/{cast.resident.id}", f"/units/{cast.unit.id}"):
            assert client_for(colleague).get(f"/residents{path}").status_code == 403


def test_a_forged_page_is_none(agent, cast):
    assert agent.get("/residents?after=nonsense").status_code == 200
    assert agent.get(f"/residents/{cast.resident.id}?after=nonsense").status_code == 404
    assert agent.get(f"/residents/{uuid4()}").status_code == 404


def test_a_long_list_asks_no_more_than_a_short_one(agent, cast, queries_run):
    agent.get("/residents")
    queries_run.clear()
    agent.get("/residents")
    short = len(queries_run)
    for n in range(30):
        settle(cast, f"住户{n:02}", f"+86138000000{n:02}", date(2020, 1, 1))
    queries_run.clear()
    agent.get("/residents")
    assert len(queries_run) == short <= 5
    queries_run.clear()
    agent.get(f"/residents/{cast.resident.id}")
    assert len(queries_run) <= 8


def field_values(answer):
    """What a browser would send back unchanged."""
    form = BeautifulSoup(answer.text, "html.parser").select_one("main form[method=post]")
    values = {one["name"]: one.get("value", "") for one in form.select("input[name]") if one.get("type") != "checkbox"}
    values |= {one["name"]: one.text.strip("\r\n") for one in form.select("textarea")}
    chosen = {one["name"]: one.select_one("[selected]") or one.select_one("option") for one in form.select("select")}
    return values | {name: option["value"] for name, option in chosen.items()}


def edit(agent, url, **typed):
    return agent.post(url, data=field_values(agent.get(url)) | typed)


def log_of(subject):
    asked = db.select(AdministrationEntry).where(AdministrationEntry.subject_id == subject.id)
    return [(line.action, line.changes) for line in db.session.scalars(asked)]


def test_a_resident_is_put_right_and_the_log_says_what_changed(agent, cast):
    url = f"/residents/{cast.resident.id}/edit"
    typed = {"name": "刘晓燕", "phones": "139 0013 9000\n13800138000", "note": "听力不好，请敲门"}
    assert edit(agent, url, **typed).status_code == 303
    page = agent.get(f"/residents/{cast.resident.id}").text
    assert "刘晓燕" in page and "139 0013 9000" in page and "听力不好" in page
    ((action, changes),) = log_of(cast.resident)
    assert (action, set(changes)) == ("resident_edited", {"name", "note", "phones"})
    assert rows(agent.get("/residents?who=lxy")) == ["刘晓燕"]


def test_saving_unchanged_changes_nothing_and_writes_no_line(agent, cast):
    assert edit(agent, f"/residents/{cast.resident.id}/edit").status_code == 303
    assert log_of(cast.resident) == []


def test_one_more_unit_is_tied_by_its_label(agent, cast):
    more = {"tenures-1-unit": "3栋2单元502", "tenures-1-kind": "tenant", "tenures-1-starts_on": "2026-01-01"}
    assert edit(agent, f"/residents/{cast.resident.id}/edit", **more).status_code == 303
    assert "3-2-502" in agent.get(f"/residents/{cast.resident.id}").text
    assert "刘女士" in agent.get(f"/residents/units/{cast.next_door.id}").text


def test_a_tie_that_was_a_mistake_is_taken_away(agent, cast):
    edit(agent, f"/residents/{cast.resident.id}/edit", **{"tenures-0-is_mistaken": "y"})
    assert "3-2-501" not in agent.get(f"/residents/{cast.resident.id}").text


@pytest.mark.parametrize(
    "typed",
    [
        {"name": ""}, {"name": "长" * 201}, {"phones": "abc"}, {"phones": "13800138000\n" * 3 + "你好"},
        {"tenures-0-unit": "9-9-999"}, {"tenures-0-ends_on": "2019-01-01"}, {"tenures-1-starts_on": "2026-01-01"},
        {"tenures-0-kind": "king"}, {"tenures-0-ends_on": "昨天"}, {"note": "x" * 2001},
    ],
)  # fmt: skip
def test_what_cannot_be_is_said_and_what_was_typed_stays(agent, cast, typed):
    answer = edit(agent, f"/residents/{cast.resident.id}/edit", **({"note": "养狗"} | typed))
    assert answer.status_code == 422
    assert typed.get("note") or "养狗" in answer.text
    assert log_of(cast.resident) == []


def test_moving_out_ends_the_tie_and_keeps_the_history(agent, cast):
    page = BeautifulSoup(agent.get(f"/residents/{cast.resident.id}").text, "html.parser")
    url = next(link["href"] for link in page.select("main a") if link["href"].endswith("/moved-out"))
    assert agent.post(url, data={"ends_on": "2019-01-01"}).status_code == 422
    assert agent.post(url, data={"ends_on": "2026-06-30"}).status_code == 303
    assert "2026-06-30" in agent.get(f"/residents/units/{cast.unit.id}").text
    assert [action for action, _ in log_of(cast.resident)] == ["moved_out"]


def test_somebody_new_is_written_down_for_a_unit(agent, cast):
    url = f"/residents/new?unit={cast.next_door.id}"
    answer = edit(agent, url, name="新住户", phones="13700137000", **{"tenures-0-kind": "tenant"})
    assert answer.status_code == 303
    assert "新住户" in agent.get(f"/residents/units/{cast.next_door.id}").text
    assert rows(agent.get("/residents?who=13700137000")) == ["新住户"]


def test_a_unit_is_called_otherwise_and_its_requests_are_found_by_the_new_name(agent, cast):
    registered(cast)
    url = f"/residents/units/{cast.unit.id}/edit"
    assert edit(agent, url, number="502").status_code == 422
    assert edit(agent, url, number="505", use="office").status_code == 303
    assert log_of(cast.unit)[0][1]["label"] == ["3-2-501", "3-2-505"]
    assert "3-2-505" in agent.get("/desk?lens=all&text=3-2-505").text


def test_who_may_only_look_is_offered_no_changes(client_for, cast):
    cashier = client_for(cast.cashier)
    assert "/edit" not in cashier.get(f"/residents/{cast.resident.id}").text
    assert cashier.get(f"/residents/{cast.resident.id}/edit").status_code == 403


def conflict(agent, url, first, **second):
    """Two people open the same form, the first one saves: the answer to the second."""
    mine = field_values(agent.get(url))
    assert edit(agent, url, **first).status_code == 303
    return agent.post(url, data=mine | second)


def test_the_second_of_two_at_one_resident_is_told_and_loses_nothing(agent, cast):
    url = f"/residents/{cast.resident.id}/edit"
    answer = conflict(agent, url, {"phones": "13700137000", "tenures-0-ends_on": "2026-10-01"}, note="养狗")
    assert answer.status_code == 409
    assert "其他人刚刚保存过" in answer.text and "现有内容：13700137000" in answer.text.replace("+86", "")
    assert "3-2-501 业主 2020-05-01 – 2026-10-01" in answer.text
    assert field_values(answer)["note"] == "养狗"
    assert [set(changes) for _, changes in log_of(cast.resident)] == [{"phones", "tenures"}]
    assert agent.post(url, data=field_values(answer)).status_code == 303, "whoever has read it decides"
    assert "养狗" in agent.get(f"/residents/{cast.resident.id}").text


def test_the_second_of_two_at_one_unit_is_told(agent, cast):
    answer = conflict(agent, f"/residents/units/{cast.unit.id}/edit", {"use": "office"}, floor="6")
    assert answer.status_code == 409 and "现有内容：办公" in answer.text
    assert field_values(answer)["floor"] == "6"
    assert len(log_of(cast.unit)) == 1


def test_the_second_who_says_that_somebody_moved_out_is_told(agent, cast):
    (tenure,) = db.session.scalars(db.select(Tenure).where(Tenure.resident_id == cast.resident.id))
    url = f"/residents/tenures/{tenure.id}/moved-out"
    answer = conflict(agent, url, {"ends_on": "2026-06-30"}, ends_on="2026-05-31")
    assert answer.status_code == 409 and "现有内容：2026-06-30" in answer.text
    assert len(log_of(cast.resident)) == 1
