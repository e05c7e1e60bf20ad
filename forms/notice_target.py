"""A group robot that is told too."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.validators import InputRequired, Regexp

from domain.robots import ADDRESS
from forms.fields import PLEASE_FILL_IN, line
from forms.plain import PlainForm


class NoticeTargetForm(PlainForm):
    """Which site, what people call it, and its address."""

    site_id = SelectField(_l("Site"), validators=[InputRequired(PLEASE_FILL_IN)])
    name = line(_l("What people call it"), required=True, longest=100)
    url = line(
        _l("Address"), required=True, longest=1000, autocomplete="off", placeholder="wecombot://…", spellcheck="false"
    )

    def validate_url(self, field: Any) -> None:
        """Of a service we know."""
        Regexp(ADDRESS, message=_("Not an address of a service we know."))(self, field)

    @property
    def details(self) -> dict[str, Any]:
        """What was typed."""
        return {"site_id": self.site_id.data, "name": self.name.data, "url": self.url.data}
