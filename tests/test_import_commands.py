"""`flask import-requests`: the real file of another system, and the truth about it on the page of the figures."""

import csv
from collections import Counter

import pytest
from bs4 import BeautifulSoup

from actions.sites import add_site
from config import ROOT
from domain.permissions import Role
from extensions import db
from models import Company
from tests.people import person

HOUSING = ROOT / "tests/data/boston311_housing_sample.csv"


@pytest.fixture
def file(tmp_path):
    """The sample with one row nobody can read, somewhere in the middle."""
    head, *rows = HOUSING.read_text(encoding="utf-8").splitlines()
    cells = dict.fromkeys(head.split(","), "") | {"case_id": "4711", "open_dt": "2011-13-45 08:00"}
    path = tmp_path / "cases.csv"
    path.write_text("\n".join([head, *rows[:99], ",".join(cells.values()), *rows[99:]]), encoding="utf-8")
    return path


@pytest.fixture
def brought_in(app, file):
    """What the command said, the first time and the second."""
    add_site("BO", "Boston", property_type="residential", zone="America/New_York", company_name="City of Boston")
    words = ["import-requests", str(file), "--format", "boston311", "--site", "BO"]
    return [app.test_cli_runner().invoke(args=words).output for _ in range(2)]


def test_it_counts_what_became_of_the_rows_and_lists_those_it_refused(file, brought_in):
    def said(output):
        lines = (line.split(maxsplit=1) for line in output.splitlines() if line[:9].strip().isdigit())
        return {words.split(",")[0].split(":")[0]: int(number) for number, words in lines}

    first, again = map(said, brought_in)
    assert first == {"rows read": 241, "brought in": 240, "known already": 0, "refused": 1}
    assert again == {"rows read": 241, "brought in": 0, "known already": 240, "refused": 1}
    (refused,) = csv.DictReader((file.parent / "cases.csv.rejected.csv").open(encoding="utf-8"))
    assert (refused["line"], refused["case_id"]) == ("101", "4711")
    assert refused["refused_because"] == "open_dt: 2011-13-45 08:00 is not a date"


def test_a_site_there_is_not_is_refused_in_words(app, file):
    words = ["import-requests", str(file), "--format", "boston311", "--site", "NOWHERE"]
    answer = app.test_cli_runner().invoke(args=words)
    assert answer.exit_code == 1 and answer.output.splitlines()[-1].startswith("Error: ")


def test_the_figures_show_who_was_in_time_and_count_apart_what_had_no_deadline(app, brought_in, client_for):
    with HOUSING.open(encoding="utf-8") as cases:
        rows = list(csv.DictReader(cases))
    met = sum(1 for row in rows if row["target_dt"] and row["closed_dt"] and row["closed_dt"] <= row["target_dt"])
    late = sum(1 for row in rows if row["target_dt"]) - met  # those still open are far beyond theirs by now
    company = db.session.scalars(db.select(Company)).one()
    quality = person(company, None, None, "quality", "Quality", Role.QUALITY)
    db.session.commit()
    page = BeautifulSoup(client_for(quality).get("/statistics?since=2011-07-01&until=2011-12-31").text, "html.parser")
    (clock,) = (row for row in page.select("section:has(#clocks-title) tbody tr") if row.th.text.startswith("完工"))
    share, in_time, too_late, running, without = (cell.text.split() for cell in clock.select("td")[:5])
    assert share[0] == f"{100 * met / (met + late):.1f}%"
    assert [int(cell[0]) for cell in (in_time, too_late, running, without)] == [met, late, 0, len(rows) - met - late]
    busiest = Counter(row["open_dt"][:10] for row in rows).most_common(1)[0]
    of_day = client_for(quality).get(f"/statistics/list?since={busiest[0]}&until={busiest[0]}").text
    assert len(BeautifulSoup(of_day, "html.parser").select("tbody tr")) == busiest[1]
