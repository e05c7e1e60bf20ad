"""What a page of figures was asked for: period, filters, and links that keep both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.display import local_name
from domain.days import DEFAULT_ZONE, local_day
from domain.measures import MEASURES
from domain.periods import Period, PeriodName
from extensions import now
from forms.statistics import StatisticsFilters
from queries import filter_choices
from queries.figure_scope import Scope, scope_of


@dataclass(frozen=True)
class Tab:
    """A period as a link."""

    url: str
    label: str
    current: bool
    count: None = None


@dataclass(frozen=True)
class Chip:
    """A filter that is set; its link takes it away."""

    label: str
    words: str
    url: str


@dataclass(frozen=True)
class Asked:
    """The question behind a page; `names` are the names of everything a line may be about, by id."""

    form: StatisticsFilters
    is_valid: bool
    named: PeriodName
    period: Period
    today: date
    scope: Scope
    names: Mapping[str, str]

    @property
    def kept(self) -> dict[str, str]:
        """Filters and period as every link carries them on."""
        days: dict[str, Any] = {"since": self.period.since, "until": self.period.until}
        when: dict[str, Any] = days if self.named is PeriodName.CUSTOM else {"period": self.named}
        return {name: str(value) for name, value in {**when, **self.scope.filters}.items()}

    def url(self, endpoint: str = "statistics.overview", **changed: Any) -> str:
        """A link that keeps period and filters but for what is changed; None takes it away."""
        return url_for(endpoint, **(self.kept | changed))

    def list_url(self, *measures: str, period: Period | None = None, **line: str) -> str:
        """The list behind a number, of these very days."""
        span = period or self.period
        filters: Any = {name: str(value) for name, value in self.scope.filters.items()}
        return url_for(
            "statistics.rows", measure=measures, since=str(span.since), until=str(span.until), **(filters | line)
        )

    @property
    def tabs(self) -> list[Tab]:
        """The periods to choose from."""
        return [
            Tab(self.url(period=name.value, since=None, until=None), _(name.label), name is self.named)
            for name in PeriodName
            if name is not PeriodName.CUSTOM
        ]

    @property
    def chips(self) -> list[Chip]:
        """The filters that are set."""
        endpoint = request.endpoint or "statistics.overview"
        own = {} if endpoint == "statistics.overview" else {"measure": request.args.getlist("measure")}
        return [
            Chip(self.form[name].label.text, words, self.url(endpoint, **own, **{name: None}))
            for name, words in self.form.words.items()
        ]


def asked_for(args: Any) -> Asked:
    """The question as it was asked. Raises NotFound for a site out of reach. Three statements with the session's."""
    form, choices = StatisticsFilters(args), filter_choices.for_viewer(current_user)
    form.offer(choices, local_name)
    is_valid = form.validate()
    today = local_day(now(), current_user.site.zone if current_user.site else DEFAULT_ZONE)
    named, period = form.read_period(today)
    names = {str(row.id): local_name(row) for rows in choices.values() for row in rows}
    return Asked(form, is_valid, named, period, today, scope_of(current_user, period, form.chosen), names)


def measures_asked() -> Sequence[str]:
    """The measures a list is about: of one source, known ones only."""
    names = [name for name in request.args.getlist("measure") if name in MEASURES] or ["received"]
    return [name for name in names if MEASURES[name].source is MEASURES[names[0]].source]
