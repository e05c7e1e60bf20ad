"""What a page of figures was asked for: period, filters, and links that keep both."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from flask import request, url_for
from flask_babel import format_date
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.display import local_name
from domain.days import DEFAULT_ZONE, local_day
from domain.measures import MEASURES
from domain.periods import Period, PeriodName
from extensions import now
from forms.statistics import FROM_ROWS, StatisticsFilters
from queries import filter_choices
from queries.figure_scope import Scope, scope_of

USUAL = ("received",)  # what a list is about that names no measure


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
    """The question behind a page; `names` are the names of what its form lists, by id."""

    form: StatisticsFilters
    is_valid: bool
    named: PeriodName
    period: Period
    today: date
    scope: Scope
    names: Mapping[str, str]

    @cached_property
    def by(self) -> str:
        """The breakdown to show: sites where there are several, else categories, if none was asked for."""
        asked = self.form.by.data
        return asked if asked in self.tables else next(iter(self.tables))

    @cached_property
    def tables(self) -> dict[str, str]:
        """The breakdowns to choose from, with their names. Colleagues are not ranked here."""
        sites = {"site": _("Sites")} if len(self.scope.sites) > 1 else {}
        return sites | {
            "category": _("Categories"),
            "kind": _("Kinds"),
            "department": _("Departments"),
            "building": _("Buildings"),
            "channel": _("Channels"),
        }

    @property
    def table_tabs(self) -> list[Tab]:
        """The breakdowns as links."""
        return [Tab(self.url(by=by, _anchor="breakdown"), name, by == self.by) for by, name in self.tables.items()]

    @cached_property
    def kept(self) -> dict[str, str]:
        """Filters, period and breakdown as every link carries them on."""
        days: dict[str, Any] = {"since": self.period.since, "until": self.period.until}
        when: dict[str, Any] = days if self.named is PeriodName.CUSTOM else {"period": self.named}
        by = {"by": self.form.by.data} if self.form.by.data in self.tables else {}
        return {name: str(value) for name, value in {**when, **self.scope.filters, **by}.items()}

    def url(self, endpoint: str = "statistics.overview", **changed: Any) -> str:
        """A link that keeps period and filters but for what is changed; None takes it away."""
        return url_for(endpoint, **(self.kept | changed))

    def list_url(self, *measures: str, period: Period | None = None, line: str = "", **changed: str) -> str:
        """The list behind a number, of these very days; of one line of a breakdown, as line_query() names it."""
        span = period or self.period
        named = "" if measures == USUAL else "".join(f"&measure={name}" for name in measures)
        more = f"&{urlencode(changed)}" if changed else ""
        return f"{self._list}since={span.since}&until={span.until}{named}{line}{more}"

    @cached_property
    def _list(self) -> str:
        """What all links to lists begin with; a page has hundreds of them."""
        filters = urlencode({name: str(value) for name, value in self.scope.filters.items()})
        return f"{url_for('statistics.rows')}?{filters}{'&' if filters else ''}"

    @property
    def first_day(self) -> str:
        """In words."""
        return format_date(self.period.since)

    @property
    def last_day(self) -> str:
        """In words."""
        return format_date(self.period.until)

    def line_link(self, by: str) -> str:
        """What links to this page of one line of a breakdown begin with; the key of the line follows."""
        without: dict[str, Any] = {by: None}
        url = self.url(**without)
        return f"{url}{'&' if '?' in url else '?'}{by}="

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


def asked_for(args: Any, *, offer: bool = False) -> Asked:
    """The question as it was asked. Raises NotFound for a site out of reach. Three statements with the session's.

    The lists of the form are read where it is shown (to `offer` them, or because something in it is wrong), and where
    one of them filters.
    """
    form = StatisticsFilters(args)
    fields = FROM_ROWS if offer or any(form[name].data for name in FROM_ROWS) else ("site",)
    choices = filter_choices.for_viewer(current_user, form.site_id, form.picked, fields)
    form.offer(choices, local_name)
    is_valid = form.validate()
    if not is_valid and not offer:
        return asked_for(args, offer=True)
    today = local_day(now(), current_user.site.zone if current_user.site else DEFAULT_ZONE)
    named, period = form.read_period(today)
    names = {str(row.id): local_name(row) for rows in choices.values() for row in rows}
    return Asked(form, is_valid, named, period, today, scope_of(current_user, period, form.chosen), names)


def line_query(by: str, key: str) -> str:
    """One line of a breakdown as links to lists go on; a page has hundreds of them."""
    return f"&{urlencode({'by': by, 'key': key})}"


def measures_asked() -> Sequence[str]:
    """The measures a list is about: of one source, known ones only."""
    names = [name for name in request.args.getlist("measure") if name in MEASURES] or USUAL
    return [name for name in names if MEASURES[name].source is MEASURES[names[0]].source]
