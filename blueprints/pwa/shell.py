"""What a phone needs to draw any of its pages without a network, whoever is signed in."""

import posixpath
import re
from functools import cache

from flask import url_for

from blueprints.assets import BUILT, PREFIX, asset_url, manifest

IMPORT = re.compile(r"""\b(?:from|import)\s*\(?\s*["'](\.{1,2}/[^"']+)["']""")


def shell() -> list[str]:
    """The addresses a phone keeps: pages for when there is none, looks, icons, and every script of a page."""
    assets = [asset_url(path) for path in ("css/phone.css", "icons.svg", "vendor/htmx.js")]
    return [url_for("pwa.offline"), url_for("pwa.signed_out"), *assets, *scripts("js/phone.js")]


@cache
def scripts(path: str) -> tuple[str, ...]:
    """The addresses of a script and of all it imports, itself first."""
    waiting, found = [manifest()[path]], list[str]()
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.append(name)
            imported = IMPORT.findall((BUILT / name).read_text())
            waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(name), target)) for target in imported]
    return tuple(PREFIX + name for name in found)
