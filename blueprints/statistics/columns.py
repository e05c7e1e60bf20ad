"""What a list behind a number shows of each row, on the page and in an export."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import to_user_timezone

from blueprints.display import day_time, local_name
from domain.measures import Source
from domain.wording import N_
from extensions import now


@dataclass(frozen=True)
class Column:
    """One column: its head (an English source string) and what it says of a line."""

    label: str
    says: Callable[[Any], str | datetime | None]
    is_words: bool = False

    def shown(self, line: Any) -> str:
        """As people read it."""
        value = self.says(line)
        return day_time(value) if isinstance(value, datetime) else value or ""

    def text(self, line: Any) -> str:
        """As spreadsheets read it: moments as `2026-11-22 09:05` on the wall clock."""
        value = self.says(line)
        return f"{to_user_timezone(value):%Y-%m-%d %H:%M}" if isinstance(value, datetime) else value or ""


def length(line: Any) -> str:
    """How long the run of a clock took, in hours."""
    return f"{(line.stopped_at - line.started_at).total_seconds() / 3600:.1f}" if line.stopped_at else ""


def place(line: Any) -> str:
    """The unit, or the building and the common area."""
    return line.unit or " ".join(filter(None, (local_name(line.building) if line.building else "", line.place)))


def label(value: Any) -> str:
    return _(value.label) if value else ""


ALL_LISTS = (
    Column(N_("Site"), lambda line: local_name(line.site)),
    Column(N_("Registered at"), lambda line: line.registered_at),
    Column(N_("Place"), place),
    Column(N_("Kind"), lambda line: label(line.kind)),
    Column(N_("Category"), lambda line: local_name(line.category) if line.category else ""),
    Column(N_("Words"), lambda line: line.words, is_words=True),
    Column(N_("Status"), lambda line: label(line.status)),
)
OWN: dict[Source, Sequence[Column]] = {
    Source.REQUESTS: (
        Column(N_("Channel"), lambda line: label(line.channel)),
        Column(N_("Completed at"), lambda line: line.completed_at),
    ),
    Source.RUNS: (
        Column(N_("Clock"), lambda line: label(line.clock)),
        Column(N_("Round"), lambda line: str(line.round)),
        Column(N_("Started at"), lambda line: line.started_at),
        Column(N_("Deadline"), lambda line: line.due_at),
        Column(N_("Stopped at"), lambda line: line.stopped_at),
        Column(N_("Hours"), length),
        Column(N_("Verdict of the clock"), lambda line: label(line.reading.state(now()))),
    ),
    Source.CALLS: (
        Column(N_("Called at"), lambda line: line.made_at),
        Column(N_("Verdict"), lambda line: label(line.verdict) or _("No answer")),
        Column(N_("What was said"), lambda line: line.said, is_words=True),
    ),
    Source.JOBS: (
        Column(N_("Job"), lambda line: label(line.job_status)),
        Column(N_("Outcome"), lambda line: label(line.outcome)),
        Column(N_("Ended at"), lambda line: line.ended_at),
        Column(N_("Holder"), lambda line: line.holder or ""),
        Column(N_("Work done"), lambda line: line.work_done, is_words=True),
    ),
}


def columns_of(source: Source) -> Sequence[Column]:
    """The columns after the reference."""
    return (*ALL_LISTS, *OWN[source])
