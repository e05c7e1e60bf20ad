"""What statistics/overview.html draws."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from blueprints.statistics import charts
from blueprints.statistics.asked import Asked
from blueprints.statistics.cards import Card, cards, percent, target_of
from domain.measures import MEASURES, ON_TIME, RATES, STEPS
from domain.outcomes import Outcome, Verdict
from domain.standards import Clock
from domain.wording import N_
from queries.durations import Durations
from queries.figures import Figures

MOST_LINES = 25  # of a breakdown; all of it can be taken away as a file
ENDS = ("met", "late", "open", "no_deadline", "void")
HEADS = (
    ("received", N_("Received")),
    ("unsolved", N_("Being worked on")),
    ("completed", N_("Completed")),
    ("complete_on_time", N_("Completed in time")),
    ("rework_rate", N_("Reopened")),
    ("satisfaction_rate", N_("Satisfaction")),
)


@dataclass(frozen=True)
class ClockLine:
    """One clock: its rate, its runs by how they ended, and how long they took."""

    label: str
    rate: str
    target: str
    is_met: bool | None
    ends: Sequence[charts.Bar]
    stopped: charts.Bar
    length: Durations | None


@dataclass(frozen=True)
class Table:
    """The breakdown: its first lines, and one for all the others."""

    by: str
    title: str
    note: str
    lines: Sequence[charts.Line]
    sort: str
    descending: bool


@dataclass(frozen=True)
class Drawing:
    """What statistics/_drawn.html draws. Equal ones look the same, so it is drawn once for them: tuples all the way."""

    is_empty: bool
    cards: Sequence[Card]
    over_time: Sequence[charts.Row]
    is_weekly: bool
    status: Sequence[charts.Bar]
    follow_ups: Sequence[charts.Bar]
    verdicts: Sequence[charts.Bar]
    outcomes: Sequence[charts.Bar]
    channels: Sequence[charts.Bar]
    hours: Sequence[charts.Row]
    clocks: Sequence[ClockLine]
    is_about: bool  # the lengths of steps are right within 2.5 %, else to the second


@dataclass(frozen=True)
class Page:
    """All of it, ready to be drawn."""

    figures: Drawing
    table: Table


def page_of(asked: Asked, figures: Figures, sort: str, descending: bool) -> Page:
    """The figures as cards, charts and tables."""

    return Page(drawing(asked, figures), table(asked, figures, sort, descending))


def drawing(asked: Asked, figures: Figures) -> Drawing:
    """The cards, charts and clocks."""

    def bars(*names: str) -> Sequence[charts.Bar]:
        return charts.bars(asked, figures, names)

    return Drawing(
        is_empty=not figures.whole["received"],
        cards=cards(asked, figures),
        over_time=charts.over_time(asked, figures),
        is_weekly=len(asked.period.days) > charts.WEEKS_FROM,
        status=bars("unsolved", "to_call_back", "closed", "cancelled", "merged"),
        follow_ups=bars("reached", "no_answer", "not_called", "closed_without_call"),
        verdicts=bars(*(f"verdict_{verdict}" for verdict in reversed(Verdict))),
        outcomes=bars(*(f"outcome_{outcome}" for outcome in Outcome), "jobs_returned"),
        channels=charts.channels(asked, figures),
        hours=charts.by_hour(asked, figures),
        clocks=tuple(clock_line(asked, figures, clock) for clock in Clock),
        is_about=figures.is_about,
    )


def clock_line(asked: Asked, figures: Figures, clock: Clock) -> ClockLine:
    """One line of the table of clocks."""
    rate = ON_TIME[clock]
    now = rate.of(figures.whole)
    return ClockLine(
        label=_(clock.label),
        rate=percent(now),
        target=target_of(rate),
        is_met=rate.is_met(now),
        ends=charts.bars(asked, figures, [f"{clock}_{end}" for end in ENDS]),
        stopped=charts.bars(asked, figures, [f"{clock}_stopped"])[0],
        length=figures.steps.get(clock) if clock in STEPS else None,
    )


def table(asked: Asked, figures: Figures, sort: str, descending: bool) -> Table:
    """The breakdown asked for."""
    by, counted = asked.by, figures.lines[asked.by]
    shown = charts.lines(asked, counted, by, sort, descending, MOST_LINES)
    overlapping = _("A request with jobs of two departments counts for both; one without a job for none.")
    note = overlapping if by == "department" else ""
    return Table(by, asked.tables[by], note, [*shown, *charts.rest_of(counted, shown)], sort, descending)


def definitions() -> tuple[Any, ...]:
    """Every measure and rate with its meaning, for the fold at the end."""
    return (*RATES.values(), *(measure for measure in MEASURES.values() if not measure.of_label))
