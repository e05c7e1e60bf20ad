"""The CSV files beside this one, read once."""

import csv
from collections import defaultdict
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `<name>.csv`, by column."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


@cache
def phrases() -> dict[str, list[str]]:
    """What people say and write, by purpose: `phrases()["ask.repair"]`."""
    by_purpose = defaultdict(list)
    for row in rows("phrases"):
        by_purpose[row["purpose"]].append(row["words"])
    return by_purpose


@cache
def complaints_of(category: str) -> list[tuple[str, str]]:
    """What residents say about a category: kind and words."""
    return [(row["kind"], row["words"]) for row in rows("words") if row["category"] == category]
