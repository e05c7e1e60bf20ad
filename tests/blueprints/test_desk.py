"""The centre's desk, as a browser sees it."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
import time_machine
from bs4 import BeautifulSoup

from actions.service_requests import register
from domain.days import local_day
from extensions import now
from queries.paging import Key
from tests.factories import dispatched, registered

HTMX = {"HX-Request": "true"}


def page_of(response):
    return BeautifulSoup(response.data, "html.parser")


def references(response):
    return [link.text for link in page_of(response).select("a.row-link")]


def refresh_url(response):
    return page_of(response).select_one("#queue")["hx-get"]


def test_the_queue_prints_the_row_the_clock_and_the_counts(cast, client_for):
    leak = registered(cast)
    response = client_for(cast.agent).get("/desk")
    page = page_of(response)
    assert response.status_code == 200
    assert references(response) == [leak.reference]
    assert str(leak.id) in page.select_one("a.row-link")["href"]
    assert "分" in page.select_one("tbody .clock-text").text
    assert page.select_one(".lenses [aria-current]").text.split() == ["全部未结", "1"]


def test_a_page_costs_five_statements_with_one_row_and_with_thirty(cast, client_for, queries_run):
    registered(cast)
    agent = client_for(cast.agent)
    costs = []
    for more in (0, 29):
        for _ in range(more):
            registered(cast)
        queries_run.clear()
        agent.get(f"/desk?building={cast.building.id}&text=漏水")
        costs.append(len(queries_run))
    assert costs[0] == costs[1] <= 5


def test_nothing_new_is_nothing_at_all(cast, client_for, queries_run):
    registered(cast)
    agent = client_for(cast.agent)
    with time_machine.travel(now().replace(second=10) + timedelta(minutes=2), tick=False) as clock:
        url = refresh_url(agent.get("/desk"))
        clock.shift(5)
        queries_run.clear()
        response = agent.get(url, headers=HTMX)
        assert (response.status_code, response.data) == (204, b"")
        assert len(str(response.headers)) < 200
        assert len(queries_run) == 2
        registered(cast, by=cast.guard)
        clock.shift(5)
        response = agent.get(url, headers=HTMX)
        assert response.status_code == 200
        assert len(references(response)) == 2
        assert "1 条新诉求" in response.headers["HX-Trigger"].encode().decode("unicode_escape")
        assert "<html" not in response.text


def test_what_became_late_is_shown_within_a_minute(cast, client_for):
    registered(cast)
    agent = client_for(cast.agent)
    with time_machine.travel(now().replace(second=10) + timedelta(minutes=2), tick=False) as clock:
        url = refresh_url(agent.get("/desk"))
        clock.shift(60)
        assert agent.get(url, headers=HTMX).status_code == 200


@pytest.mark.parametrize(
    ("minutes", "state", "words"),
    [(0, "running", "剩 30 分钟"), (45, "late", "超时 15 分钟"), (330, "late", "超时 5 小时")],
)
def test_the_clock_of_a_row_says_in_words_how_much_is_left_or_by_how_much_it_is_late(
    cast, client_for, minutes, state, words
):
    with time_machine.travel("2026-11-23T10:00:00+08:00", tick=False) as clock:
        registered(cast)
        clock.shift(60 * minutes)
        face = page_of(client_for(cast.agent).get("/desk")).select_one("tbody .clock")
    assert face["data-state"] == state
    assert words in face.select_one(".clock-text").text
    assert face.select_one("svg"), "and by a picture, for whoever sees no colours"


def test_filters_stay_in_the_url_and_a_chip_takes_each_away(cast, client_for):
    leak = registered(cast)
    registered(cast, kind="complaint", words="噪音很大")
    agent = client_for(cast.agent)
    response = agent.get(f"/desk?lens=to-accept&kind=repair&building={cast.building.id}&text=漏水")
    assert references(response) == [leak.reference]
    chips = {chip.span.text: chip["href"] for chip in page_of(response).select(".filters-set a.tag")}
    assert set(chips) == {"类型", "楼栋", "文字"}
    assert "kind=" not in chips["类型"] and "building=" in chips["类型"] and "lens=to-accept" in chips["类型"]
    for tab in page_of(response).select(".lenses a"):
        assert "kind=repair" in tab["href"]
    assert "kind=repair" in refresh_url(response)


FILTERS = {
    "site": lambda cast: cast.site.id,
    "building": lambda cast: cast.building.id,
    "kind": lambda cast: "repair",
    "category": lambda cast: cast.leaks.id,
    "status": lambda cast: "in_progress",
    "department": lambda cast: cast.engineering.id,
    "holder": lambda cast: cast.technician.id,
    "channel": lambda cast: "phone",
    "since": lambda cast: local_day(now()),
    "until": lambda cast: local_day(now()) - timedelta(days=3),
    "text": lambda cast: "漏水",
}


@pytest.mark.parametrize("name", FILTERS)
def test_each_filter_is_read_from_the_url_counted_with_and_kept_in_every_link(cast, client_for, name):
    other = {"kind": "complaint", "channel": "visit", "words": "噪音", "category_id": None, "unit_id": None}
    then = now() - timedelta(days=5)
    register(other | {"place": "大堂"}, by=cast.elsewhere.agent, site_id=cast.elsewhere.site.id, happened_at=then)
    leak, _job = dispatched(cast)
    is_other = name == "until"
    value = str(FILTERS[name](cast))
    at_site = {"site": str(cast.site.id)} if name in ("building", "department", "holder") else {}
    response = client_for(cast.quality).get("/desk", query_string={"lens": "open", name: value} | at_site)
    page = page_of(response)
    assert response.status_code == 200
    assert (leak.reference in references(response), len(references(response))) == (not is_other, 1)
    assert page.select_one(".lenses [aria-current] .count").text == "1"
    for link in (*(tab["href"] for tab in page.select(".lenses a")), refresh_url(response)):
        assert parse_qs(urlsplit(link).query)[name] == [value]


@pytest.mark.parametrize(
    "query",
    [
        "kind=x",
        "building=%00",
        "since=yesterday",
        "until=0001-01-01",
        "until=9999-12-31",
        "channel=fax",
        "text=" + 10000 * "水",
    ],
)
def test_a_filter_that_cannot_be_read_is_said_at_its_field_and_the_rest_holds(cast, client_for, query):
    leak = registered(cast)
    registered(cast, kind="complaint")
    response = client_for(cast.agent).get(
        f"/desk?status=registered&{query}" + ("" if "kind" in query else "&kind=repair")
    )
    assert response.status_code == 422
    field = query.split("=")[0]
    assert page_of(response).select_one(f"#{field}-error")
    assert leak.reference in references(response)


@pytest.mark.parametrize(
    "path",
    ["/desk?lens=nothing", "/desk?after=x", "/desk?after=0__x", "/desk?before=1_2_3", "/desk?after=" + "9" * 500],
)
def test_a_lens_or_a_key_nobody_gave_out_is_not_found(cast, client_for, path):
    assert client_for(cast.agent).get(path).status_code == 404


@pytest.mark.parametrize("text", ["\x00", "１３８００", "💧", "%", "'; drop table", "水" * 100])
def test_any_text_can_be_searched(cast, client_for, text):
    leak = registered(cast)
    response = client_for(cast.agent).get("/desk", query_string={"text": text})
    assert response.status_code == 200
    assert (leak.reference in references(response)) == (text in ("\x00", "１３８００"))


@pytest.mark.parametrize(
    "lens", ["to-accept", "to-dispatch", "in-progress", "to-call-back", "late", "mine", "open", "closed", "all"]
)
def test_an_empty_lens_says_what_it_is_for(cast, client_for, lens):
    page = page_of(client_for(cast.agent).get(f"/desk?lens={lens}"))
    assert page.select_one(".empty-title").text.strip()


def test_nothing_found_offers_to_look_among_all(cast, client_for):
    registered(cast)
    page = page_of(client_for(cast.agent).get("/desk?lens=open&kind=compliment"))
    assert "lens=all" in page.select_one(".empty").decode()


def test_a_page_whose_rows_have_moved_on_leads_back_to_the_first(cast, client_for):
    registered(cast)
    page = page_of(client_for(cast.agent).get(f"/desk?after={Key(2, None, UUID(int=2**128 - 1))}"))
    assert page.select_one(".empty a")["href"] == "/desk?lens=open"


def test_the_filters_are_a_fragment_with_htmx_and_a_page_without(cast, client_for):
    quality = client_for(cast.quality)
    assert "<html" in quality.get("/desk/filters").text
    fragment = quality.get("/desk/filters?kind=repair", headers=HTMX)
    assert "<html" not in fragment.text
    form = page_of(fragment)
    assert form.select_one("#kind [selected]")["value"] == "repair"
    assert len(form.select("#site option")) == 3
    assert len(form.select("#building option")) == 1  # a building is chosen of one site
    of_site = page_of(quality.get(f"/desk/filters?site={cast.site.id}", headers=HTMX))
    assert len(of_site.select("#building option")) == 2
    assert not page_of(client_for(cast.agent).get("/desk/filters")).select("#site")


def test_several_sites_are_told_apart(cast, client_for):
    registered(cast)
    assert "云湖花园" in client_for(cast.quality).get("/desk").text
    assert "项目" not in page_of(client_for(cast.agent).get("/desk")).select_one("thead").text


def test_both_languages_are_complete(cast, client_for):
    dispatched(cast)
    agent = client_for(cast.agent)
    assert not re.search("[A-Za-z]{4,}", page_of(agent.get("/desk")).select_one("#queue").get_text(" "))


def test_a_screen_nobody_touches_prolongs_no_session(cast, client_for):
    client = client_for(cast.agent)
    with client.session_transaction() as session:
        session.permanent = True
    with time_machine.travel(now().replace(second=10) + timedelta(minutes=1), tick=False):
        page = client.get("/desk")
        idle = client.get(refresh_url(page), headers=HTMX)
    assert "Set-Cookie" in page.headers
    assert idle.status_code == 204
    assert "Set-Cookie" not in idle.headers
