"""Pages that are generated say what the code says."""

from pathlib import Path

from domain import lifecycle_page

DOCS = Path(__file__).parents[2] / "docs"


def test_the_lifecycle_page_is_what_the_tables_say():
    assert (DOCS / "lifecycle.md").read_text() == lifecycle_page.page(), "run: flask lifecycle"
