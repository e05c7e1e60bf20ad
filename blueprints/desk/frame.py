"""What stands around the rows of the queue: lenses with counts, the filters that are set, and links that keep both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.display import local_name
from domain.errors import NotFound
from forms.queue import FROM_ROWS, QueueFilters
from queries import filter_choices, lenses
from queries.lenses import LENSES, Lens, sees_several_sites

LOOKS_BACK = ("text", "status")  # who asks for these and names no lens looks among the closed ones too


@dataclass(frozen=True)
class Tab:
    """A lens as a link."""

    name: str
    url: str
    label: str
    current: bool
    count: int | None
    loud: bool
    shortcut: str


@dataclass(frozen=True)
class Chip:
    """A filter that is set; its link takes it away."""

    label: str
    words: str
    url: str


@dataclass(frozen=True)
class Frame:
    """The queue around its rows, for desk/queue.html and desk/_rows.html; `kept` is what its links carry on."""

    lens: Lens
    tabs: list[Tab]
    chips: list[Chip]
    kept: dict[str, str]
    several_sites: bool

    def url(self, endpoint: str = "desk.queue", **changed: Any) -> str:
        """A link that keeps lens and filters but for what is changed; None takes it away."""
        return url_for(endpoint, **(self.kept | changed))

    def refresh_url(self, drawn_at: datetime, asked: Mapping[str, Any]) -> str:
        """This very page again, if something changed since it was drawn."""
        return self.url(**asked, seen=drawn_at.isoformat())


def filters_of(args: Mapping[str, Any], *, offer: bool = False) -> tuple[QueueFilters, bool]:
    """The filter form as asked for, and whether all of it can be taken. The lists are read only when needed."""
    form = QueueFilters(args)
    is_offered = offer or any(form[name].data for name in FROM_ROWS)
    if is_offered:
        form.offer(filter_choices.for_viewer(current_user, form.site_id, form.picked), local_name)
    return form, form.validate()


def frame_of(form: QueueFilters, drawn_at: datetime) -> Frame:
    """The frame for validated filters. Raises NotFound for a lens that does not exist."""
    chosen = form.chosen
    name = form.lens.data or ("all" if any(field in chosen for field in LOOKS_BACK) else "open")
    if name not in LENSES:
        raise NotFound()
    kept = {"lens": name} | {field: str(form[field].data) for field in chosen}
    counts = lenses.counts(current_user, chosen, now=drawn_at)
    return Frame(
        lens=LENSES[name],
        tabs=[tab_of(lens, kept, counts.get(lens.name), str(n)) for n, lens in enumerate(LENSES.values(), 1)],
        chips=[
            Chip(form[field].label.text, words, url_for("desk.queue", **without(field, kept)))
            for field, words in form.words.items()
        ],
        kept=kept,
        several_sites=sees_several_sites(current_user),
    )


def without(field: str, kept: dict[str, str]) -> dict[str, Any]:
    """What a link carries on when this filter is taken away."""
    return {name: value for name, value in kept.items() if name != field}


def tab_of(lens: Lens, kept: dict[str, str], count: int | None, shortcut: str) -> Tab:
    """The link of one lens, keeping the filters."""
    return Tab(
        name=lens.name,
        url=url_for("desk.queue", **(kept | {"lens": lens.name})),  # type: ignore[arg-type]
        label=_(lens.label),
        current=kept["lens"] == lens.name,
        count=count,
        loud=lens.name == "late",
        shortcut=shortcut,
    )
