"""Drawing once what would be drawn the same again: on most pages it is the dearest part."""

from collections.abc import Hashable
from functools import lru_cache
from typing import Any

from flask import current_app
from flask_babel import get_locale
from markupsafe import Markup

KEPT = 64  # pieces; the largest are some 80 KB


def drawn(template: str, **values: Hashable) -> Markup:
    """A template that prints nothing but these values, in the reader's language: nothing else is there for it."""
    return _drawn(template, str(get_locale()), tuple(values.items()))


@lru_cache(maxsize=KEPT)
def _drawn(template: str, _language: str, values: tuple[tuple[str, Any], ...]) -> Markup:
    return Markup(current_app.jinja_env.get_template(template).render(dict(values)))
