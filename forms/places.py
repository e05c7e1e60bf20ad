"""What an administrator types about departments and buildings, and the list of residents they bring."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField, FileRequired, FileSize
from wtforms import IntegerField, SelectField
from wtforms.validators import InputRequired, NumberRange, ValidationError

from domain.departments import DepartmentCode
from domain.unit_labels import label_of
from forms.edit import EditForm
from forms.fields import PLEASE_FILL_IN, choice, half_width, line
from forms.plain import PlainForm

LARGEST_LIST = 10 * 1024**2  # bytes
LAST_POSITION = 9999


class PlaceForm(EditForm):
    """The two names of a place."""

    name = line(_l("Name in Chinese"), required=True, longest=40)
    name_en = line(_l("Name in English"), required=True, longest=80)

    @property
    def details(self) -> dict[str, Any]:
        """As actions/places reads it."""
        return {field.name: field.data for field in self if field.name not in ("csrf_token", "seen")}


class NewDepartmentForm(PlaceForm):
    """A new department has a code, too, by which categories know it."""

    code = choice(_l("What it is for"), DepartmentCode)


class BuildingForm(PlaceForm):
    """One building; those with a low position come first."""

    position = IntegerField(
        _l("Position in lists"), default=0,
        validators=[
            InputRequired(PLEASE_FILL_IN),
            NumberRange(0, LAST_POSITION, message=_l("A number from 0 to %(max)d, please.", max=LAST_POSITION)),
        ],
    )  # fmt: skip


class NewBuildingForm(BuildingForm):
    """A new building has a code, too, with which the labels of its units begin."""

    code = line(_l("Code"), required=True, longest=20, filters=(half_width,), autocapitalize="none")

    def validate_code(self, field: Any) -> None:
        """Kept as units are called: 3 for 3栋."""
        code = label_of(field.data)
        if not code:
            raise ValidationError(PLEASE_FILL_IN)
        self.kept_code = code

    @property
    def details(self) -> dict[str, Any]:
        return super().details | {"code": self.kept_code}


class ResidentListForm(PlainForm):
    """A list of units and residents for one site."""

    site = SelectField(_l("Site"), validators=[InputRequired(_l("Please choose one."))])
    file = FileField(
        _l("CSV or Excel file"),
        validators=[
            FileRequired(_l("Please choose a file.")),
            FileSize(LARGEST_LIST, message=_l("At most %(size)d MB, please.", size=LARGEST_LIST // 1024**2)),
        ],
        render_kw={"accept": ".csv,.xlsx"},
    )

    def offer(self, sites: list[tuple[str, str]]) -> None:
        """The sites of this company; of several none is chosen, lest a list goes to the wrong one."""
        self.site.choices = sites if len(sites) == 1 else [("", _("Please choose")), *sites]
