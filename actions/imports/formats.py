"""The formats that can be imported, by the name given to `--format`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from actions.imports import boston311
from actions.imports.case import Case


@dataclass(frozen=True)
class Format:
    """Which columns must be there, and how a row becomes a case (raises Unreadable)."""

    required: frozenset[str]
    case_of: Callable[[Mapping[str, str], ZoneInfo], Case]


FORMATS: dict[str, Format] = {"boston311": Format(boston311.REQUIRED, boston311.case_of)}
