"""The big numbers at the head of the figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from blueprints.statistics.asked import Asked
from domain.measures import COMPLAINT_TARGET, ON_TIME, RATES, Rate, complaints_per_hundred
from domain.standards import Clock
from queries.figures import Figures


@dataclass(frozen=True)
class Part:
    """A number with its list."""

    value: int
    url: str


@dataclass(frozen=True)
class Card:
    """One figure. `is_met` tells whether its target is reached, None without one."""

    label: str
    value: str
    url: str | None = None
    parts: Sequence[Part] = ()  # what a rate divides: so many of so many
    before: str = ""
    before_url: str | None = None  # where the figure of the period before is a count
    target: str = ""
    is_met: bool | None = None
    trend: Sequence[int] = ()


def percent(rate: float | None) -> str:
    """`80.2 %`, or a dash where there is nothing to divide by."""
    return "–" if rate is None else f"{rate:.1f}%"


def cards(asked: Asked, figures: Figures) -> tuple[Card, ...]:
    """The overview: what came, what is open, and the rates that have targets."""
    names = ("completion_rate", "complete_on_time", "satisfaction_rate", "follow_up_rate", "rework_rate")
    labels = {"complete_on_time": _("Completed in time")}
    return (
        received(asked, figures),
        open_now(asked, figures),
        *(of_rate(asked, figures, RATES[name], labels.get(name)) for name in names),
        of_rate(asked, figures, ON_TIME[Clock.ARRIVE], _("Arrived in time")),
        complaints(asked, figures),
    )


def received(asked: Asked, figures: Figures) -> Card:
    days = tuple(figures.lines["day"].get(day.isoformat(), {}).get("received", 0) for day in asked.period.days)
    return Card(
        _("Received"),
        str(figures.whole["received"]),
        asked.list_url("received"),
        before=str(figures.before["received"]),
        before_url=asked.list_url("received", period=asked.period.before) if figures.before["received"] else None,
        trend=days if len(days) > 1 else (),
    )


def open_now(asked: Asked, figures: Figures) -> Card:
    """What the queue shows as open, with the same filters; its number does not depend on the period."""
    filters: Any = {name: str(value) for name, value in asked.scope.filters.items()}
    return Card(_("Open now"), str(figures.open_now), url_for("desk.queue", lens="open", **filters))


def of_rate(asked: Asked, figures: Figures, rate: Rate, label: str | None = None) -> Card:
    """A rate with what it divides, as it was before, and its target."""
    now, before = rate.of(figures.whole), rate.of(figures.before)
    parts = [(sum(figures.whole[name] for name in names), names) for names in (rate.parts, rate.wholes)]
    return Card(
        label or _(rate.label),
        percent(now),
        parts=tuple(Part(number, asked.list_url(*names)) for number, names in parts),
        before=percent(before),
        target=target_of(rate),
        is_met=rate.is_met(now),
    )


def target_of(rate: Rate) -> str:
    if rate.target is None:
        return ""
    return f"{'≤' if rate.at_most else '≥'} {rate.target}%"


def complaints(asked: Asked, figures: Figures) -> Card:
    """Complaints per hundred households, as if the whole year went as these days."""
    households = sum(site.households for site in asked.scope.sites)
    span = len(asked.period.days)
    now, before = (
        complaints_per_hundred(counts["complaints"], households, span) for counts in (figures.whole, figures.before)
    )
    return Card(
        _("Complaints per 100 households and year"),
        "–" if now is None else f"{now:.1f}",
        parts=(Part(figures.whole["complaints"], asked.list_url("complaints")),),
        before="–" if before is None else f"{before:.1f}",
        target=f"≤ {COMPLAINT_TARGET}",
        is_met=None if now is None else now <= COMPLAINT_TARGET,
    )
