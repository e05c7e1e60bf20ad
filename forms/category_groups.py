"""The category tree as groups of choices."""

from collections.abc import Callable, Iterable
from typing import Any

from flask_babel import gettext as _


def category_groups(
    tree: Iterable[Any], name_of: Callable[[Any], str], more: Callable[[Any], dict[str, str]] = lambda row: {}
) -> dict[str, list[tuple[str, str, dict[str, str]]]]:
    """A trade and all that hangs on its branch; `more` are attributes of a choice. `tree`: parents before children."""
    groups: dict[str, list[tuple[str, str, dict[str, str]]]] = {"–": [("", _("No category"), {})]}
    trades: dict[Any, str] = {}
    for row in tree:
        trade = trades.setdefault(row.trade_id, name_of(row))  # the first of a trade is the trade itself
        groups.setdefault(trade, []).append((str(row.id), name_of(row), more(row)))
    return groups
