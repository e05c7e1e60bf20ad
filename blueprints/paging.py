"""Which page of a list was asked for."""

from typing import Any

from flask import request

from domain.errors import NotFound
from queries.paging import Key


def key_asked() -> dict[str, Any]:
    """The key of the page before or after which the rows stand. Raises NotFound for a key nobody gave out."""
    try:
        return {name: Key.read(request.args[name]) for name in ("before", "after") if request.args.get(name)}
    except (ValueError, OverflowError) as error:
        raise NotFound() from error
