"""docs/notices.md, written from the notice table."""

from domain.notice_table import ROWS, STANDS_IN, Row

HEADING = """# Who is told of what

Generated from `domain/notice_table.py` by `flask notice-table`; edit the table, not this page.

- Nobody is told of what they did themselves, and nobody twice of one change: of several rows the first one speaks.
- Only enabled people within whose reach the request lies are told; whoever lost a job is told that, and no more.
- Every notice appears in the product at once. Loud ones also go out by e-mail, and to the robots of the site; between
  22 and 7 o'clock on the site's wall clock they wait, except for emergencies and urgent repairs.
- What was written down more than a week after it happened is history (an import), not news.

| event | when | who | loud | the notice | why |
|---|---|---|---|---|---|
"""


def page() -> str:
    """The whole page: the table, and who stands in for whom."""
    stands_in = [f"- nobody is {place.label}: {other.label}" for place, other in STANDS_IN.items()]
    return "\n".join([HEADING + "\n".join(row_of(row) for row in ROWS), "", "## Who stands in", "", *stands_in, ""])


def row_of(row: Row) -> str:
    cells = (f"`{row.action}`", row.when, row.to.label, "yes" if row.loud else "", row.words, row.why)
    return "| " + " | ".join(cells) + " |"
