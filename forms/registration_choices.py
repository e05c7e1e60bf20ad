"""What can be chosen while registering at a site, with what a category suggests."""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from flask_babel import get_locale
from flask_babel import gettext as _

from domain.errors import NotFound
from domain.kinds import usual_kind
from domain.permissions import Permission
from forms.base import read
from forms.category_groups import category_groups
from queries import categories, filter_choices, sites

CHOSEN_FROM = ("site", "building", "department", "holder")


class Choices:
    """Sites, buildings, categories and those who take orders, within the viewer's reach.

    Two statements, asked when the first of them is drawn: a form that is sent and fine asks for nothing.
    """

    def __init__(self, viewer: Any, site_id: UUID | None) -> None:
        """Raises NotFound for a site out of reach."""
        self._viewer, self._in_english = viewer, str(get_locale()) == "en"
        self.may_dispatch = viewer.can(Permission.DISPATCH) and viewer.can(Permission.TRIAGE)
        wanted = site_id or viewer.site_id
        self.site: Any = viewer.site if wanted and wanted == viewer.site_id else self._reached(wanted)

    def _reached(self, wanted: UUID | None) -> Any:
        site = next((site for site in sites.visible_to(self._viewer) if wanted in (None, site.id)), None)
        if site is None:
            raise NotFound()
        return site

    @cached_property
    def sites(self) -> Sequence[Any]:
        """Where else one could register."""
        return self._offered["site"]

    @cached_property
    def _offered(self) -> Mapping[str, Sequence[Any]]:
        return filter_choices.for_viewer(self._viewer, self.site.id, fields=CHOSEN_FROM)

    @cached_property
    def _found(self) -> dict[str, list[Any]]:
        """What belongs to the site."""
        return {name: [row for row in rows if row.site_id == self.site.id] for name, rows in self._offered.items()}

    @cached_property
    def _tree(self) -> Sequence[Any]:
        return categories.tree(self._viewer)

    @cached_property
    def _trades(self) -> dict[UUID, Any]:
        return {row.id: row for row in self._tree if row.parent_id is None}

    def name_of(self, row: Any) -> str:
        """In the reader's language."""
        return row.name_en if row.name_en and self._in_english else row.name

    def buildings(self) -> list[tuple[str, str]]:
        """The buildings of the site; none where they are too many to choose from."""
        return [("", "–"), *self._pairs(() if self.has_too_many_buildings else self._found["building"])]

    @property
    def has_too_many_buildings(self) -> bool:
        """Whether nobody would find one among them."""
        return len(self._found["building"]) > filter_choices.MOST

    def categories(self) -> dict[str, list[tuple[str, str, dict[str, str]]]]:
        """The tree as groups of choices: a trade and all that hangs on its branch, each saying what it suggests."""
        return category_groups(self._tree, self.name_of, self._suggestion)

    def _suggestion(self, row: Any) -> dict[str, str]:
        return {
            "data-kind": row.emergency_kind or usual_kind(row.service_class),
            "data-target": self.usual_target(row) or "",
            "data-also": f"{row.name} {row.name_en} {row.code}",
        }

    def targets(self) -> dict[str, list[tuple[str, str]]]:
        """Departments, then persons."""
        return {
            "–": [("", _("Choose …"))],
            _("Departments"): self._pairs(self._found.get("department", ()), "department:"),
            _("Colleagues"): self._pairs(self._found.get("holder", ()), "holder:"),
        }

    def usual_target(self, category: Any) -> str | None:
        """The department that usually does it, the category's own word before its trade's."""
        code = category.department_code or self._trades[category.trade_id].department_code
        usual = next((row for row in self._found.get("department", ()) if row.code == code), None)
        return f"department:{usual.id}" if usual else None

    def emergencies(self) -> list[Any]:
        """The categories offered as one tap."""
        return [row for row in self._tree if row.emergency_kind]

    def emergency(self, id: str | None) -> Any:
        """The emergency with this id, or None."""
        wanted = read(UUID, id)
        return next((row for row in self.emergencies() if row.id == wanted), None) if wanted else None

    def _pairs(self, rows: Iterable[Any], prefix: str = "") -> list[tuple[str, str]]:
        return [(f"{prefix}{row.id}", self.name_of(row)) for row in rows]
