"""Which build of the product this is, as phones compare it with the one their pages were drawn by."""

import hashlib
from functools import cache
from pathlib import Path

from blueprints.assets import manifest

ROOT = Path(__file__).resolve().parent.parent
DRAWN_WITH = ("templates/**/*.html", "templates/**/*.js", "translations/**/*.po")


@cache
def build() -> str:
    """A short hash over everything a page is drawn with: assets, templates, translations."""
    seen = hashlib.sha256(repr(sorted(manifest().items())).encode())
    for pattern in DRAWN_WITH:
        for path in sorted(ROOT.glob(pattern)):
            seen.update(path.read_bytes())
    return seen.hexdigest()[:12]
