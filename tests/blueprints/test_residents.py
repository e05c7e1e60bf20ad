from datetime import date, timedelta
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup

from extensions import db, now
from models import Resident, ResidentPhone, Tenure, TenureKind
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


@pytest.mark.parametrize("typed", ["", "刘", "lns", "0013", "3-2-501", "3栋2单元501"])
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
