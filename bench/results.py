"""RESULTS.md, a section for each command that measures something."""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

FILE = Path(__file__).parent / "RESULTS.md"
TITLE = "# Results\n"


def put(command: str, words: str, table: Iterable[str]) -> None:
    """Writes the section of this command in place of the one it wrote before; the others stay."""
    heading = f"## `{command}`"
    written = f"Written on {datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores. {words}"
    section = "\n".join([heading, "", written, "", *table, ""])
    sections = sections_of(FILE.read_text()) if FILE.exists() else {}
    sections[heading] = section
    FILE.write_text("\n".join([TITLE, *sections.values()]))


def sections_of(text: str) -> dict[str, str]:
    """What stands below each heading, with it."""
    parts = text.split("\n## ")[1:]
    return {f"## {part.splitlines()[0]}": f"## {part.rstrip()}\n" for part in parts}
