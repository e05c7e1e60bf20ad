"""What somebody on their feet is told by a resident, to be handed over to the centre."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField
from wtforms.validators import Optional, ValidationError

from domain.channels import Channel
from domain.kinds import Kind
from domain.service_classes import ServiceClass
from forms.base import ActionForm, read
from forms.fields import caller_number, choice, half_width, line, local_name, prose
from forms.photos import PhotosField
from queries import categories, whereabouts

AS_TYPED = frozenset({"words", "caller_name", "caller_phone", "category_id"})


class HandOverForm(ActionForm):
    """Where, who, what: the room as typed, a name and a number, one tap for the category, words or a photo."""

    room = line(
        _l("Room"), filters=(half_width,), longest=40, autocomplete="off", inputmode="decimal", enterkeyhint="next"
    )
    as_typed = BooleanField(_l("Send with the room as typed"))
    building_id = RadioField(_l("Building"), validate_choice=False, validators=[Optional()])
    place = line(_l("Where exactly"), longest=120, autocomplete="off")
    caller_name = line(_l("Name"), longest=100, autocomplete="off")
    caller_phone = line(_l("Phone number"), filters=(half_width,), longest=40, inputmode="tel", autocomplete="off")
    category_id = RadioField(_l("What is it about?"), validate_choice=False, validators=[Optional()])
    kind = choice(_l("Kind"), Kind, required=False)
    words = prose(_l("What was said"), longest=2000, rows=2)
    photos = PhotosField(_l("Photos"))

    def offer(self, site: Any, today: Any) -> None:
        """The categories offered as one tap and the site's buildings; `today` is the site's day."""
        self.site, self.today = site, today
        self.alike: Sequence[Any] = []
        self.quick = categories.quick(site.company_id)
        self.category_id.choices = [(str(row.id), local_name(row)) for row in self.quick]
        self.building_id.choices = [(str(row.id), local_name(row)) for row in whereabouts.buildings(site.id)]

    def validate_room(self, field: Any) -> None:
        """One unit, or, if its writer insists, the words as they are: nothing is lost for want of a list."""
        self.alike = whereabouts.units_like(field.data, self.site.id)
        if len(self.alike) > 1:
            raise ValidationError(_("Several rooms are called like this: choose one."))
        if not self.alike and not self.as_typed.data:
            raise ValidationError(_("There is no such room. Correct it, or send it as it is."))

    def validate_building_id(self, field: Any) -> None:
        """One of the site's."""
        if field.data not in dict(field.choices):
            raise ValidationError(_("Please choose one of these."))

    def validate_category_id(self, field: Any) -> None:
        """One of those offered."""
        if field.data not in dict(field.choices):
            raise ValidationError(_("Please choose one of these."))

    def validate_caller_phone(self, field: Any) -> None:
        """Kept as the other numbers are."""
        field.data = caller_number(field.data)

    def validate(self, extra_validators: Any = None) -> bool:
        """A place; and a category, a word or a photo: one of the three says what it is about."""
        super().validate(extra_validators)
        if not (self.room.data or self.place.data or self.building_id.data):
            self.refuse("room", _("Please say where."))
        if not (self.category_id.data or self.words.data or self.has_photos("photos")):
            self.refuse("words", _("Choose what it is about, write a word or take a photo."))
        return not self.errors

    @property
    def details(self) -> dict[str, Any]:
        """As register() reads it."""
        details = {name: value for name, value in super().details.items() if name in AS_TYPED}
        return details | self.place_found | {"kind": self.kind_meant.value, "channel": Channel.STAFF.value}

    @property
    def place_found(self) -> dict[str, Any]:
        """The unit with the resident of this name, or the building and the words for the place."""
        if not self.alike:
            where = {"building_id": self.building_id.data, "place": self.room.data or self.place.data}
            return {name: value for name, value in where.items() if value}
        unit = self.alike[0]
        people = whereabouts.contacts(unit.id, self.today)
        caller = next((person for person in people if person.name == self.caller_name.data), None)
        return {"unit_id": str(unit.id)} | ({"resident_id": str(caller.resident_id)} if caller else {})

    @property
    def kind_meant(self) -> Kind:
        """As tapped; else as its category is usually meant: help where order is disturbed, else a repair."""
        if self.kind.data:
            return Kind(self.kind.data)
        category = next((row for row in self.quick if row.id == read(UUID, self.category_id.data)), None)
        if category and category.emergency_kind:
            return category.emergency_kind
        return Kind.HELP if category and category.service_class is ServiceClass.ENVIRONMENT else Kind.REPAIR
