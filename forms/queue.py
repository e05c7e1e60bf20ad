"""What is chosen and typed to narrow the queue. A GET form: all of it stays in the URL."""

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any
from unicodedata import normalize
from uuid import UUID

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Form, HiddenField, SearchField, SelectField
from wtforms.validators import Length, Optional, ValidationError

from domain.channels import Channel
from domain.kinds import Kind
from domain.labelled import Labelled
from domain.lifecycle import RequestStatus
from forms.base import read
from forms.fields import DayField
from queries.filter_choices import MOST, Choices

FROM_ROWS = ("site", "building", "category", "department", "holder")
AT_A_SITE = ("building", "department", "holder")
TREE_STEP = "\u2003"  # how far a leaf of the category tree is set in for each level above it


def plain(text: str | None) -> str:
    """Full-width letters and digits as people type them in Chinese, made narrow; no spaces around, no NUL inside."""
    return normalize("NFKC", text or "").replace("\0", "").strip()


@lru_cache
def first_choices(labels: type[Labelled] | None, _language: str) -> Sequence[tuple[str, str]]:
    """Nothing, and the members of an enumeration, in this language, which is the reader's."""
    return (("", _("Any")), *((one.value, _(one.label)) for one in labels or ()))


class ChoiceField(SelectField):
    """A list whose first line filters nothing; `kept_as` is what a choice is once it is known to be one."""

    def __init__(self, label: str, kept_as: Callable[[str], Any], *, labels: type[Labelled] | None = None, **more: Any):
        super().__init__(label, validators=[Optional()], validate_choice=False, default="", **more)
        self.kept_as = kept_as
        self.choices = first_choices(labels, str(get_locale()))

    def offer(self, choices: Sequence[tuple[str, str]]) -> None:
        """Add what can be chosen here."""
        self.choices = [*self.choices, *choices]

    @property
    def words(self) -> str:
        """What is chosen, as it is offered."""
        return dict(self.choices)[self.data].strip()

    def post_validate(self, form: Form, validation_stopped: bool) -> None:
        if self.data and self.data not in dict(self.choices):
            raise ValidationError(_("Choose one from the list."))


class RowFilters(Form):
    """Filters whose lists are rows of queries/filter_choices.py."""

    from_rows: Sequence[str] = ()

    @property
    def site_id(self) -> UUID | None:
        """The site asked for: before it is known to be one."""
        return read(UUID, self["site"].data)

    @property
    def picked(self) -> list[UUID]:
        """The rows asked for, before they are known to be any: they must be among those offered."""
        ids = (read(UUID, self[name].data) for name in self.from_rows if name in AT_A_SITE)
        return [id for id in ids if id]

    def offer(self, choices: Choices, name_of: Callable[[Any], str]) -> None:
        """Fill the lists; with several sites, names begin with their site, and what belongs to one waits for it."""
        sites = {row.id: name_of(row) for row in choices["site"]}
        picked, is_any_site = self.picked, len(sites) > 1 and self.site_id is None
        for name in self.from_rows:
            rows, field = choices[name], self[name]
            if name in AT_A_SITE and len(rows) > MOST:
                rows = [row for row in rows if row.id in picked]
                field.description = _("More than %(number)s: too many to choose from here.", number=MOST)
            elif name in AT_A_SITE and is_any_site:
                field.description = _("Choose a site first.")
            field.offer([(str(row.id), label_of(row, sites, name_of)) for row in rows])
        if len(sites) < 2:
            del self["site"]


class QueueFilters(RowFilters):
    """The filters of the queue. An empty field filters nothing."""

    from_rows = FROM_ROWS
    lens = HiddenField()
    text = SearchField(
        _l("Text"), filters=[plain], validators=[Length(max=100, message=_l("At most 100 characters, please."))]
    )
    site = ChoiceField(_l("Site"), UUID)
    building = ChoiceField(_l("Building"), UUID)
    kind = ChoiceField(_l("Kind"), Kind, labels=Kind)
    category = ChoiceField(_l("Category"), UUID)
    status = ChoiceField(_l("Status"), RequestStatus, labels=RequestStatus)
    department = ChoiceField(_l("Department"), UUID)
    holder = ChoiceField(_l("Holder"), UUID)
    channel = ChoiceField(_l("Channel"), Channel, labels=Channel)
    since = DayField(_l("Registered from"), validators=[Optional()])
    until = DayField(_l("Registered to"), validators=[Optional()])

    @property
    def chosen(self) -> dict[str, Any]:
        """What filters, by field name: ids, members, days, text; what cannot be read is left out. Validate first."""
        return {
            field.name: field.kept_as(field.data) if isinstance(field, ChoiceField) else field.data
            for field in self
            if field.name != "lens" and field.data and not field.errors
        }

    @property
    def words(self) -> dict[str, str]:
        """The same for people: what each chosen filter says."""
        fields = ((name, self[name]) for name in self.chosen)
        return {name: field.words if isinstance(field, ChoiceField) else str(field.data) for name, field in fields}


def label_of(row: Any, sites: Mapping[UUID, str], name_of: Callable[[Any], str]) -> str:
    """How a row is offered."""
    at = f"{sites[row.site_id]} · " if len(sites) > 1 and row.site_id and row.site_id != row.id else ""
    return TREE_STEP * (row.depth - 1) + at + name_of(row)
