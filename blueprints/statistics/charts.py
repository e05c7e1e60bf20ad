"""Figures as the rows charts and tables draw: a label, values, and the list behind each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from blueprints.statistics.asked import Asked
from domain.channels import Channel
from domain.errors import NotFound
from domain.kinds import Kind
from domain.measures import BREAKDOWN, MEASURES, RATES
from domain.periods import Period
from queries.figures import Figures

WEEKS_FROM = 63  # days from which a line is drawn by weeks
MONDAY = date(2024, 1, 1)
LINE_RATES = ("complete_on_time", "rework_rate", "satisfaction_rate")


@dataclass(frozen=True)
class Bar:
    """One number of a chart."""

    label: str
    value: int
    url: str | None


@dataclass(frozen=True)
class Row:
    """One step of a chart with several numbers."""

    label: str
    values: Sequence[int | float | None]
    urls: Sequence[str | None]


@dataclass(frozen=True)
class Line:
    """One line of a breakdown, for templates/statistics/_breakdown.html."""

    key: str
    label: str
    counts: dict[str, int]
    url: str | None  # the same page, of this line alone

    def sum(self, names: Sequence[str]) -> int:
        """These measures together."""
        return sum(self.counts[name] for name in names)

    def sort_key(self, name: str) -> Any:
        """What the line is sorted by; what has no rate comes last."""
        if name in RATES:
            rate = RATES[name].of(self.counts)
            return (rate is not None, rate or 0, self.counts["received"])
        return self.counts[name]


def bars(asked: Asked, figures: Figures, names: Iterable[str]) -> list[Bar]:
    """One bar for each measure."""
    return [
        Bar(_(MEASURES[name].label), figures.whole[name], asked.list_url(name) if figures.whole[name] else None)
        for name in names
    ]


def over_time(asked: Asked, figures: Figures) -> list[Row]:
    """Received and completed, by day, or by week where the days are many. A last week may be short."""
    days, measures = asked.period.days, ("received", "completed")
    step = 7 if len(days) > WEEKS_FROM else 1
    rows = []
    for start in range(0, len(days), step):
        span = Period(days[start], days[min(start + step, len(days)) - 1])
        lines = [figures.lines["day"].get(day.isoformat(), {}) for day in span.days]
        values = [sum(line.get(name, 0) for line in lines) for name in measures]
        urls = [
            asked.list_url(name, period=span) if value else None for name, value in zip(measures, values, strict=True)
        ]
        rows.append(Row(day_label(span.since), values, urls))
    return rows


def day_label(day: date) -> str:
    return f"{day:%m-%d}"


def by_hour(asked: Asked, figures: Figures) -> list[Row]:
    """Received by weekday and hour of the site's wall clock."""
    return [
        Row(
            format_date(MONDAY + timedelta(days=weekday), "EEE"),
            [figures.lines["hour"].get(str(weekday * 24 + hour), {}).get("received", 0) for hour in range(24)],
            [asked.list_url("received", by="hour", key=str(weekday * 24 + hour)) for hour in range(24)],
        )
        for weekday in range(7)
    ]


def channels(asked: Asked, figures: Figures) -> list[Bar]:
    """Received by channel, the busiest first."""
    found = figures.lines["channel"].items()
    rows = [
        Bar(_(Channel(key).label), counts["received"], asked.list_url("received", by="channel", key=key))
        for key, counts in found
    ]
    return sorted(rows, key=lambda row: -row.value)


def label_of(asked: Asked, by: str) -> Callable[[str], str]:
    """How a line of this breakdown is called."""
    if by == "kind":
        return lambda key: _(Kind(key).label)
    if by == "day":
        return str
    nothing = {"building": _("No building"), "category": _("No category")}.get(by, "–")
    return lambda key: asked.names.get(key, "–") if key else nothing


EXPORTED = ("day", "site", "kind", "category", "building", "department")


def label_of_line(asked: Asked, by: str, key: str) -> str:
    """What one line of a breakdown is about, in words. Raises NotFound for one that cannot be."""
    try:
        if by == "hour":
            return by_hour_label(int(key))
        return _(Channel(key).label) if by == "channel" else label_of(asked, by)(key)
    except ValueError as error:
        raise NotFound() from error


def by_hour_label(number: int) -> str:
    """`Mon 9:00` for the number of an hour of the week."""
    return f"{format_date(MONDAY + timedelta(days=number // 24), 'EEE')} {number % 24}:00"


def label_of_measure(name: str) -> str:
    """A measure in words, with its clock where it has one."""
    measure = MEASURES[name]
    return f"{_(measure.of_label)}: {_(measure.label)}" if measure.of_label else _(measure.label)


def lines(asked: Asked, figures: Figures, by: str, sort: str, descending: bool) -> list[Line]:
    """The lines of a breakdown in the order asked for."""
    label = label_of(asked, by)
    found = [
        Line(key, label(key), dict(counts), asked.url(**{by: key}) if key and by in asked.form else None)
        for key, counts in figures.lines[by].items()
    ]
    if sort in BREAKDOWN or sort in LINE_RATES:
        return sorted(found, key=lambda line: line.sort_key(sort), reverse=descending)
    return sorted(found, key=lambda line: line.label, reverse=descending)
