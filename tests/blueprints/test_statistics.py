"""The pages of the figures: their numbers open their lists, and both can be taken away."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO
from random import Random

import pytest
import time_machine
from bs4 import BeautifulSoup
from openpyxl import load_workbook

from blueprints.statistics import page as statistics_page
from forms import queue as filters
from queries import filter_choices
from tests.factories import registered
from tests.lives import live

NOW = datetime(2026, 3, 20, 4, 30, tzinfo=UTC)


@pytest.fixture
def past(cast, scenes):
    with time_machine.travel(NOW, tick=False):
        scenes.begin("a fortnight's lives", lambda: live(cast, Random(3), 14, until=NOW))
        yield cast


def page(client_for, user, url):
    answer = client_for(user).get(url)
    assert answer.status_code == 200, url
    return BeautifulSoup(answer.text, "html.parser")


@pytest.mark.parametrize(
    ("who", "by"),
    [
        ("director", "category"),
        ("quality", "site"),
        ("head", "department"),
        ("director", "building"),
        ("head", "channel"),
    ],
)
def test_every_number_on_the_page_opens_a_list_with_exactly_that_many_rows(past, client_for, who, by):
    user = getattr(past, who)
    links = {
        (link["href"], link.get_text(strip=True))
        for link in page(client_for, user, f"/statistics?by={by}").select('a[href^="/statistics/list?"]')
        if link.get_text(strip=True).isdigit()
    }
    assert len(links) > 20
    for url, number in Random(5).sample(sorted(links), 25):
        rows = page(client_for, user, url).select("tbody tr")
        assert len(rows) == int(number), url


def test_the_number_of_the_period_before_opens_its_list_too(past, client_for):
    days = "since=2026-03-16&until=2026-03-20"
    link = page(client_for, past.director, f"/statistics?{days}").select_one('.figure-note a[href*="until=2026-03-15"]')
    rows = page(client_for, past.director, link["href"]).select("tbody tr")
    assert link.text.split("：")[-1] == str(len(rows)) != "0"


@pytest.mark.parametrize("query", ["", "?kind=repair", "?channel=phone&period=today"])
def test_what_is_open_now_is_what_the_queue_shows_with_the_same_filters(past, client_for, query):
    figures = page(client_for, past.director, f"/statistics{query}")
    link = figures.select_one('.figure-value a[href^="/desk"]')
    queue = page(client_for, past.director, link["href"])
    assert link.text == queue.select_one(".lenses [aria-current] .count").text == str(len(queue.select("tbody tr")))


def test_lines_beyond_the_most_are_one_line_and_still_make_the_whole(past, client_for, monkeypatch):
    def received():
        table = page(client_for, past.director, "/statistics?by=kind").select_one("#breakdown table")
        return [int(row.select_one("td").get_text(strip=True)) for row in table.select("tbody tr")]

    every_line = received()
    monkeypatch.setattr(statistics_page, "MOST_LINES", 2)
    assert len(every_line) > 3
    assert received() == [*every_line[:2], sum(every_line[2:])]


def test_where_buildings_are_too_many_only_the_chosen_one_is_offered(past, client_for, monkeypatch):
    monkeypatch.setattr(filter_choices, "MOST", 0)
    monkeypatch.setattr(filters, "MOST", 0)
    asked = page(client_for, past.director, f"/statistics/filters?building={past.building.id}")
    assert [option["value"] for option in asked.select("#building option")] == ["", str(past.building.id)]
    assert asked.select_one("#building-hint")


def test_only_those_who_may_see_figures_enter(cast, client_for):
    assert client_for(cast.technician).get("/statistics").status_code == 403
    assert client_for(cast.guard).get("/statistics/list").status_code == 403


def test_a_list_as_a_file_has_the_rows_of_the_list(past, client_for):
    client = client_for(past.director)
    rows = list(csv.reader(StringIO(client.get("/statistics/list.csv?measure=received").data.decode("utf-8-sig"))))
    sheet = load_workbook(BytesIO(client.get("/statistics/list.xlsx?measure=received").data)).active
    shown = page(client_for, past.director, "/statistics/list?measure=received").select("tbody tr")
    assert len(rows) - 1 == len(shown) == sheet.max_row - 1
    assert client.get("/statistics/kind.xlsx").status_code == 200
    for nothing in ("/statistics/list.pdf", "/statistics/moods.csv"):
        assert client.get(nothing).status_code == 404


def test_what_a_resident_typed_never_becomes_a_formula(cast, client_for):
    registered(cast, words="=HYPERLINK(1)")
    answer = client_for(cast.agent).get("/statistics/list.csv").data
    assert answer.startswith(b"\xef\xbb\xbf") and b"'=HYPERLINK(1)" in answer
    sheet = load_workbook(BytesIO(client_for(cast.agent).get("/statistics/list.xlsx").data)).active
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("since=2026-02-30", 422),
        ("since=2026-03-09&until=2026-03-01", 422),
        ("since=0001-01-01", 422),
        ("until=9999-12-31", 422),
        ("kind=quarrel", 422),
        ("site=5b0d8f1c-8a55-4f2b-9c83-1f2b8a2f0000", 200),  # an agent has one site, and no such filter
        ("period=century&sort=mood&order=x", 200),
    ],
)
def test_what_cannot_be_read_is_said_and_breaks_nothing(cast, client_for, query, status):
    assert client_for(cast.agent).get(f"/statistics?{query}").status_code == status


@pytest.mark.parametrize(
    "query",
    [
        "by=mood&key=x",
        "by=hour&key=x",
        "by=hour&key=168",
        f"by=hour&key={10**30}",
        "by=day&key=x",
        "by=building&key=x",
        "after=x",
    ],
)
def test_a_list_that_cannot_be_is_not_found(cast, client_for, query):
    assert client_for(cast.agent).get(f"/statistics/list?{query}").status_code == 404


def test_an_empty_site_says_so_and_shows_no_rate(cast, client_for):
    shown = page(client_for, cast.elsewhere.director, "/statistics")
    assert shown.select_one(".empty")
    assert "100.0%" not in shown.text and "0.0%" not in shown.text


def test_the_page_takes_few_statements_however_many_requests(past, client_for, queries_run):
    client = client_for(past.quality)
    queries_run.clear()
    client.get("/statistics")
    assert len(queries_run) <= 6
