"""A group robot that is told too."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length, Regexp

from domain.robots import ADDRESS
from forms.plain import PlainForm

FILL_IN = _l("Please fill this in.")


class NoticeTargetForm(PlainForm):
    """Which site, what people call it, and its address."""

    site_id = SelectField(_l("Site"), validators=[InputRequired(FILL_IN)])
    name = StringField(_l("What people call it"), validators=[InputRequired(FILL_IN), Length(max=100)])
    url = StringField(
        _l("Address"),
        validators=[
            InputRequired(FILL_IN),
            Length(max=1000),
            Regexp(ADDRESS, message=_l("Not an address of a service we know.")),
        ],
        render_kw={"autocomplete": "off", "placeholder": "wecombot://…", "spellcheck": "false"},
    )

    @property
    def details(self) -> dict[str, Any]:
        """What was typed."""
        return {"site_id": self.site_id.data, "name": self.name.data, "url": self.url.data}
