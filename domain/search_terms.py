"""Cutting text so that any part of it can be found in an index.

Chinese has no spaces, and people remember the middle of a phone number. So a run of letters or characters is cut into
overlapping pairs and a run of digits into threes, each ending in its shorter tails: 漏水了 is 漏水 水了 了, and 13800
is 138 380 800 00 0. What somebody looks for is cut the same way and must stand there in the same order.
"""

import re
from collections.abc import Iterable
from unicodedata import normalize

RUN = re.compile(r"[0-9]+|[^\W0-9_]+")
GAP = "fieldbreak"  # longer than any piece, so that nothing is found across two fields

Phrase = tuple[list[str], bool]
"""The pieces of one word, which must follow each other, and whether the last one may go on."""


def terms_of(fields: Iterable[str]) -> str:
    """The pieces of these fields, for the index."""
    return f" {GAP} ".join(" ".join(piece for run in runs(field) for piece in pieces(run)) for field in fields if field)


def phrases_of(text: str) -> list[Phrase]:
    """A phrase for each word that is looked for; none where there are neither letters nor digits."""
    return [phrase_of(*found) for word in text.split() if (found := runs(word))]


def phrase_of(*of_word: str) -> Phrase:
    """The phrase of one word, given as its runs. The last run may be the beginning of a longer one."""
    *complete, last = of_word
    before = [piece for run in complete for piece in pieces(run)]
    whole = [piece for piece in pieces(last) if len(piece) == size_of(last)]
    return before + (whole or [last]), not whole


def runs(text: str) -> list[str]:
    """Runs of digits and runs of letters, full-width ones made narrow, capitals made small."""
    return RUN.findall(normalize("NFKC", text).lower())


def pieces(run: str) -> list[str]:
    """The overlapping pieces of a run, and its tails."""
    return [run[start : start + size_of(run)] for start in range(len(run))]


def size_of(run: str) -> int:
    """Three digits, two of anything else."""
    return 3 if run[0] in "0123456789" else 2
