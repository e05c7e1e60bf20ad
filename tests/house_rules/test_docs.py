"""Pages that are generated say what the code says, and what is counted by hand adds up."""

import re
from collections import Counter, defaultdict
from pathlib import Path

from domain import lifecycle_page, notice_page

ROOT = Path(__file__).parents[2]
STATES = ("works", "partly", "not yet")


def counted_features():
    """By letter, how many functions docs/features.md calls works, partly and not yet."""
    counts = defaultdict(Counter)
    for letter, state in re.findall(
        r"^\| ([A-L])\d+ \| .*? \| (works|partly|not yet)", (ROOT / "docs/features.md").read_text(), re.M
    ):
        counts[letter][state] += 1
    return {letter: tuple(count[state] for state in STATES) for letter, count in counts.items()}


def test_the_lifecycle_page_is_what_the_tables_say():
    assert (ROOT / "docs/lifecycle.md").read_text() == lifecycle_page.page(), "run: flask lifecycle"


def test_the_notices_page_is_what_the_table_says():
    assert (ROOT / "docs/notices.md").read_text() == notice_page.page(), "run: flask notice-table"


def test_the_readme_counts_the_features_as_their_list_does():
    readme = (ROOT / "README.md").read_text()
    rows = re.findall(r"^\| ([A-L]) \| .*? \| (\d+) \| (\d+) \| (\d+) \|$", readme, re.M)
    assert {letter: tuple(map(int, numbers)) for letter, *numbers in rows} == counted_features()
    totals = [sum(column) for column in zip(*counted_features().values(), strict=True)]
    assert sum(totals) == 154
    assert "| **{}** | **{}** | **{}** |".format(*totals) in readme
