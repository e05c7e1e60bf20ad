"""Where a page finds its style sheets, scripts and icons: the reading half of what launch/assets.py builds."""

import hashlib
import json
from functools import cache, lru_cache
from pathlib import Path

from flask import Flask
from markupsafe import Markup
from whitenoise import WhiteNoise

BUILT = Path(__file__).resolve().parent.parent / "static" / "built"
PREFIX = "/static/"
ROOT = BUILT.parent.parent
HASHED = r"\.[0-9a-f]{10}\.\w+$"


def init_app(app: Flask) -> None:
    """Serves static/built in front of the application, for ever where the name carries a hash."""
    app.jinja_env.globals |= {"asset_url": asset_url, "sprite_icon": icon}
    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=BUILT if BUILT.exists() else None,
        prefix=PREFIX,
        immutable_file_test=HASHED,
        autorefresh=app.debug,
        allow_all_origins=False,
        add_headers_function=add_headers,
    )


def asset_url(path: str) -> str:
    """The address of an asset named by its path in static: `asset_url("css/desk.css")`.

    Raises LookupError for a path that was not built: nobody should learn of a missing style sheet from a resident.
    """
    names = manifest()
    if path not in names:
        raise LookupError(f"static/{path} was not built: launch/assets.py names the scripts and style sheets that are.")
    return PREFIX + names[path]


@lru_cache(maxsize=1000)
def icon(name: str, label: str | None = None) -> Markup:
    """One icon of the sprite; a page shows a hundred, so each is put together once."""
    spoken = Markup('role="img" aria-label="{}"').format(label) if label else Markup('aria-hidden="true"')
    return Markup('<svg class="icon" {}><use href="{}#{}"/></svg>').format(spoken, asset_url("icons.svg"), name)


@cache
def manifest() -> dict[str, str]:
    """The list of hashed names. Read once, like the list of files we serve: a later build is the next start's."""
    return json.loads((BUILT / "manifest.json").read_text())


@cache
def build() -> str:
    """The name of what is served: another one as soon as a page could look different. Worked out once."""
    digest = hashlib.sha256((BUILT / "manifest.json").read_bytes())
    for file in sorted([*(ROOT / "templates").rglob("*.html"), *(ROOT / "translations").rglob("*.po")]):
        digest.update(file.read_bytes())
    return digest.hexdigest()[:10]


def add_headers(headers, path: str, url: str) -> None:
    headers["X-Content-Type-Options"] = "nosniff"
