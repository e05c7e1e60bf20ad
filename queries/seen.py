"""What somebody saw of a row when a form was drawn, as a few signs: the same as long as nothing of it has changed."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import inspect


def seen_of(row: Any) -> str:
    """The signs of all that is stored in this row; of None: that there is none."""
    return signs_of({column: getattr(row, column) for column in columns_of(row)} if row else {})


def columns_of(row: Any) -> list[str]:
    """The names of what is stored in the row itself."""
    return list(inspect(row).mapper.column_attrs.keys())


def signs_of(facts: Mapping[str, object]) -> str:
    """The signs of these facts."""
    told = {name: sorted(map(str, fact)) if isinstance(fact, set | frozenset) else fact for name, fact in facts.items()}
    return hashlib.sha256(json.dumps(told, default=str, sort_keys=True).encode()).hexdigest()[:16]
