"""Figures as the rows charts and tables draw: a label, values, and the list behind each."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _

from blueprints.display import local_name
from blueprints.statistics.asked import Asked, line_query
from domain.channels import Channel
from domain.errors import NotFound
from domain.kinds import Kind
from domain.labelled import Labelled
from domain.measures import BREAKDOWN, MEASURES, RATES
from domain.periods import Period
from queries import line_names
from queries.figures import Figures
from queries.statistics import Counts

WEEKS_FROM = 63  # days from which a line is drawn by weeks
MONDAY = date(2024, 1, 1)
DRAWN = ("day", "hour", "channel")  # the breakdowns charts are made of
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
    values: tuple[int | float | None, ...]
    urls: tuple[str | None, ...]


@dataclass(frozen=True)
class Line:
    """One line of a breakdown, for templates/statistics/_breakdown.html."""

    key: str
    label: str
    counts: Counts
    url: str | None  # the same page, of this line alone
    is_rest: bool = False  # all lines not shown, together
    query: str = ""  # how links to lists name this line

    def sum(self, names: Sequence[str]) -> int:
        """These measures together."""
        return sum(self.counts[name] for name in names)


def bars(asked: Asked, figures: Figures, names: Iterable[str]) -> tuple[Bar, ...]:
    """One bar for each measure."""
    return tuple(
        Bar(_(MEASURES[name].label), figures.whole[name], asked.list_url(name) if figures.whole[name] else None)
        for name in names
    )


def over_time(asked: Asked, figures: Figures) -> tuple[Row, ...]:
    """Received and completed, by day, or by week where the days are many. A last week may be short."""
    days, measures = asked.period.days, ("received", "completed")
    step = 7 if len(days) > WEEKS_FROM else 1
    rows = []
    for start in range(0, len(days), step):
        span = Period(days[start], days[min(start + step, len(days)) - 1])
        lines = [figures.lines["day"].get(day.isoformat(), {}) for day in span.days]
        values = tuple(sum(line.get(name, 0) for line in lines) for name in measures)
        urls = tuple(
            asked.list_url(name, period=span) if value else None for name, value in zip(measures, values, strict=True)
        )
        rows.append(Row(day_label(span.since), values, urls))
    return tuple(rows)


def day_label(day: date) -> str:
    return f"{day:%m-%d}"


def by_hour(asked: Asked, figures: Figures) -> tuple[Row, ...]:
    """Received by weekday and hour of the site's wall clock."""
    found = {int(hour): counts["received"] for hour, counts in figures.lines["hour"].items()}
    urls = {hour: asked.list_url("received", line=f"&by=hour&key={hour}") for hour in found}
    rows = []
    for weekday in range(7):
        hours = range(weekday * 24, weekday * 24 + 24)
        name = format_date(MONDAY + timedelta(days=weekday), "EEE")
        rows.append(Row(name, tuple(found.get(hour, 0) for hour in hours), tuple(urls.get(hour) for hour in hours)))
    return tuple(rows)


def channels(asked: Asked, figures: Figures) -> tuple[Bar, ...]:
    """Received by channel, the busiest first."""
    found = figures.lines["channel"].items()
    rows = [
        Bar(_(Channel(key).label), counts["received"], asked.list_url("received", line=line_query("channel", key)))
        for key, counts in found
    ]
    return tuple(sorted(rows, key=lambda row: -row.value))


def label_of(asked: Asked, by: str, keys: Collection[str]) -> Callable[[str], str]:
    """How these lines of a breakdown are called."""
    if by in LABELLED:
        return lambda key: _(LABELLED[by](key).label)
    if by == "day":
        return str
    names = asked.names
    if by in line_names.MODELS:
        names = {str(row.id): local_name(row) for row in line_names.of(by, keys, asked.scope)}
    nothing = {"building": _("No building"), "category": _("No category")}.get(by, "–")
    return lambda key: names.get(key, "–") if key else nothing


EXPORTED = ("day", "site", "kind", "category", "building", "department", "channel")
LABELLED: Mapping[str, type[Labelled]] = {"kind": Kind, "channel": Channel}


def label_of_line(asked: Asked, by: str, key: str) -> str:
    """What one line of a breakdown is about, in words. Raises NotFound for one that cannot be."""
    try:
        if by == "hour":
            return by_hour_label(int(key))
        return label_of(asked, by, [key])(key)
    except ValueError as error:
        raise NotFound() from error


def by_hour_label(number: int) -> str:
    """`Mon 9:00` for the number of an hour of the week."""
    return f"{format_date(MONDAY + timedelta(days=number // 24), 'EEE')} {number % 24}:00"


def label_of_measure(name: str) -> str:
    """A measure in words, with its clock where it has one."""
    measure = MEASURES[name]
    return f"{_(measure.of_label)}: {_(measure.label)}" if measure.of_label else _(measure.label)


def lines(
    asked: Asked, counted: Mapping[str, Counts], by: str, sort: str, descending: bool, most: int | None = None
) -> list[Line]:
    """The lines of a breakdown in the order asked for, at most so many; names are read of no more than are needed."""
    if sort in BREAKDOWN or sort in LINE_RATES:
        keys = sorted(counted, key=lambda key: rank(counted[key], sort), reverse=descending)[:most]
        label = label_of(asked, by, keys)
    else:
        label = label_of(asked, by, counted)
        keys = sorted(counted, key=label, reverse=descending)[:most]
    link = asked.line_link(by) if by in asked.form else None
    return [
        Line(key, label(key), counted[key], f"{link}{key}" if link and key else None, query=line_query(by, key))
        for key in keys
    ]


def rank(counts: Counts, name: str) -> Any:
    """What a line is sorted by; what has no rate comes last."""
    if name in RATES:
        rate = RATES[name].of(counts)
        return (rate is not None, rate or 0, counts["received"])
    return counts[name]


def rest_of(counted: Mapping[str, Counts], shown: Sequence[Line]) -> list[Line]:
    """One line for all that are not shown, if any, so that the lines still make the whole."""
    others = [counted[key] for key in counted.keys() - {line.key for line in shown}]
    counts = {name: sum(one[name] for one in others) for name in BREAKDOWN}
    return [Line("", _("All others (%(number)s)", number=len(others)), counts, None, is_rest=True)] if others else []
