"""What the centre types while somebody is on the telephone."""

from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, StringField
from wtforms.validators import Optional, ValidationError

from domain.channels import Channel
from domain.kinds import Kind, Mood
from domain.phone_numbers import has_digits, normalised, whole_number
from domain.service_classes import ServiceClass
from domain.unit_labels import is_label, label_of
from forms.base import ActionForm, read
from forms.fields import choice, half_width, labels_of, line, prose
from forms.offered import OfferedField
from forms.photos import PhotosField
from forms.registration_choices import Choices
from queries import callers, places, units

LONGEST_WORDS = 10_000
THEN = {"register": (), "accept": ("accept",), "dispatch": ("accept", "dispatch"), "reply": ("accept", "reply")}
NOT_DETAILS = frozenset({"site_id", "entry", "unit", "emergency", "then", "target", "answer"})
NEEDS_A_PLACE = frozenset({Kind.REPAIR, Kind.HELP})


class RegistrationForm(ActionForm):
    """A service request, and what is done with it in the same stroke."""

    site_id = HiddenField()
    resident_id = HiddenField()
    entry = HiddenField()  # of a phone, that was not accepted and is registered here in its writer's place
    emergency = StringField(_l("Emergency"))  # the category of the emergency button that was pressed
    then = StringField(default="register")  # which button was pressed
    caller_phone = line(_l("Phone number, name or room of the caller"), autocomplete="off", autofocus=True)
    caller_name = line(_l("Name"), autocomplete="off")
    unit = line(_l("Unit"), filters=(half_width,), longest=40, placeholder="3-2-501", autocomplete="off")
    category_id = OfferedField(_l("Category"))
    words = prose(_l("What is wanted"), longest=LONGEST_WORDS, rows=4)
    kind = choice(_l("Kind"), Kind, default=Kind.REPAIR.value)
    service_class = SelectField(
        _l("Service class"),
        choices=lambda: [("", _("As kind and category say")), *labels_of(ServiceClass)],
        validators=[Optional()],
    )
    building_id = OfferedField(_l("Building"))
    place = line(_l("Common area or other place"), autocomplete="off")
    channel = choice(_l("How it came"), Channel, default=Channel.PHONE.value)
    mood = choice(_l("Mood of the caller"), Mood, required=False)
    photos = PhotosField()
    target = OfferedField(_l("Who does it"), kinds=("department", "holder"))
    answer = prose(_l("Answer given on the spot"), longest=2000, rows=2)

    def prepare(self, subject: Any, viewer: Any) -> None:
        """Look up what can be chosen at the site `subject` (an id; None: the viewer's own or first)."""
        self.offered = Choices(viewer, subject)
        self.site_id.data = str(self.offered.site.id)
        self.category_id.choices = self.offered.categories
        self.building_id.choices = self.offered.buildings
        self.target.choices = self.offered.targets

    @property
    def about_buildings(self) -> str:
        """What is said beside the buildings, if anything."""
        many = self.offered.has_too_many_buildings
        return _("Too many to choose from here: name the building as the place.") if many else ""

    def validate(self, extra_validators: Any = None) -> bool:
        """Each field, then what only several of them tell."""
        self.found: Any = None
        self.put_in_its_place()
        self.arm()
        fine = super().validate(extra_validators)
        self.recognise()
        return all([fine, self.says_something(), self.says_where(), self.says_what_then()])

    def put_in_its_place(self) -> None:
        """A name or a room typed into the first box is taken for what it is."""
        typed = self.caller_phone.data or ""
        other = self.unit if is_label(typed) else None if has_digits(typed) else self.caller_name
        if typed and other is not None and not other.data:
            fill(other, typed)
            fill(self.caller_phone, "")

    def arm(self) -> None:
        """An emergency button has said what it is, how urgent, and whose it is."""
        category = self.offered.emergency(self.emergency.data)
        self.emergency.data = str(category.id) if category else ""
        if category is None:
            return
        fill(self.kind, category.emergency_kind.value)
        fill(self.category_id, str(category.id))
        fill(self.service_class, "")
        fill(self.target, self.offered.usual_target(category) or self.target.data or "")
        self.then.data = "dispatch" if self.target.data and self.may_dispatch else "register"
        self.words.data = self.words.data or self.offered.name_of(category)

    @property
    def may_dispatch(self) -> bool:
        """Whether whoever sits here does more than hand over."""
        return self.offered.may_dispatch

    def recognise(self) -> None:
        """A number only one resident has names its resident, if nobody was picked."""
        number = whole_number(self.caller_phone.data or "")
        if not self.resident_id.data and (resident := callers.only_one_with(number, self.offered.site.id)):
            self.resident_id.data = str(resident.id)
            self.caller_name.data = self.caller_name.data or resident.name

    def validate_caller_phone(self, field: Any) -> None:
        """A number; kept as E.164 where it is a whole one."""
        if field.data and not has_digits(field.data):
            raise ValidationError(_("This is not a telephone number."))

    def validate_unit(self, field: Any) -> None:
        """A unit of the site, however it is written: 3-2-501, 3栋2单元501."""
        if not field.data:
            return
        site_id = self.offered.site.id
        self.found = places.unit_of_label(label_of(field.data), site_id)
        if self.found is None:
            near = ", ".join(units.near(field.data, site_id))
            message = _("There is no unit %(typed)s here. Did you mean %(near)s?", typed=field.data, near=near)
            raise ValidationError(message if near else _("There is no unit with this number at this site."))

    def validate_resident_id(self, field: Any) -> None:
        """Only ever filled in by us; forged, it is nobody."""
        if field.data and read(UUID, field.data) is None:
            raise ValidationError(_("There is no such place or person at this site."))

    def says_something(self) -> bool:
        """Words, or at least a category."""
        return bool(self.words.data or self.category_id.data) or self.object_to(
            self.words, _("Please write what is wanted, or choose a category.")
        )

    def says_where(self) -> bool:
        """Somebody will have to go there."""
        needed = self.emergency.data or self.kind.data in NEEDS_A_PLACE
        known = self.unit.data or self.building_id.data or self.place.data
        return bool(known or not needed) or self.object_to(
            self.unit, _("Where is it? A unit, a building or a common area.")
        )

    def says_what_then(self) -> bool:
        """The button that was pressed has what it needs."""
        if self.then.data not in THEN:
            self.then.data = "register"
        if self.then.data == "dispatch" and not self.target.data:
            return self.object_to(self.target, _("Choose a department or a person of this site."))
        if self.then.data == "reply" and not self.answer.data:
            return self.object_to(self.answer, _("Please write what you answered."))
        return True

    def object_to(self, field: Any, sentence: str) -> bool:
        """False, with the reason at the field."""
        field.errors = (*field.errors, sentence)
        return False

    @property
    def details(self) -> dict[str, Any]:
        """What register() needs: the unit by its id, the number as it can be found again."""
        typed = {name: value for name, value in super().details.items() if name not in NOT_DETAILS}
        if self.caller_phone.data:
            typed["caller_phone"] = normalised(self.caller_phone.data)
        return typed | ({"unit_id": str(self.found.id)} if self.found else {})

    @property
    def stroke(self) -> dict[str, dict[str, Any]]:
        """What is done beside registering, in order: `{"accept": {}, "dispatch": {…}}`."""
        sort, _colon, id = (self.target.data or "").partition(":")
        typed: dict[str, dict[str, Any]] = {"dispatch": {f"{sort}_id": id}, "reply": {"words": self.answer.data}}
        return {name: typed.get(name, {}) for name in THEN[self.then.data]}


def fill(field: Any, value: str) -> None:
    """As if it had been typed: validators look at what was sent."""
    field.data, field.raw_data = value, [value]
