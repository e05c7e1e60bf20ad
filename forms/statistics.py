"""What is chosen to narrow the figures. A GET form: all of it stays in the URL."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import Optional, ValidationError

from domain.channels import Channel
from domain.kinds import Kind
from domain.periods import PERIODS, Period, PeriodName
from forms.fields import DayField
from forms.queue import ChoiceField, RowFilters

FROM_ROWS = ("site", "building", "category", "department")
LONGEST = timedelta(days=3 * 366)


class StatisticsFilters(RowFilters):
    """Period and filters of the figures. An empty field filters nothing."""

    from_rows = FROM_ROWS
    by = HiddenField()
    period = HiddenField(default=PeriodName.LAST_30_DAYS)
    since = DayField(_l("Registered from"), validators=[Optional()])
    until = DayField(_l("Registered to"), validators=[Optional()])
    site = ChoiceField(_l("Site"), UUID)
    department = ChoiceField(_l("Department"), UUID)
    building = ChoiceField(_l("Building"), UUID)
    category = ChoiceField(_l("Category"), UUID)
    kind = ChoiceField(_l("Kind"), Kind, labels=Kind)
    channel = ChoiceField(_l("Channel"), Channel, labels=Channel)

    def validate_until(self, field: DayField) -> None:
        if self.since.data and field.data and not self.since.data <= field.data <= self.since.data + LONGEST:
            raise ValidationError(_("The last day comes after the first, within three years."))

    def read_period(self, today: date) -> tuple[PeriodName, Period]:
        """The period asked for, by name where it has one; the last 30 days where it cannot be read. Validate first."""
        since, until = self.since.data, self.until.data
        if (since or until) and not (self.since.errors or self.until.errors):
            first = since or until - timedelta(days=29)
            return PeriodName.CUSTOM, Period(first, until or min(max(today, first), first + LONGEST))
        named = next((name for name in PERIODS if name == self.period.data), PeriodName.LAST_30_DAYS)
        return named, PERIODS[named](today)

    @property
    def chosen(self) -> dict[str, Any]:
        """What filters, by field name: ids and members; what cannot be read is left out. Validate first."""
        return {
            field.name: field.kept_as(field.data)
            for field in self
            if isinstance(field, ChoiceField) and field.data and not field.errors
        }

    @property
    def words(self) -> dict[str, str]:
        """The same for people: what each chosen filter says."""
        return {name: self[name].words for name in self.chosen}
