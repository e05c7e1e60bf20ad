"""On duty or off it."""

from wtforms import HiddenField

from forms.sent import SentForm


class DutyForm(SentForm):
    """`on_duty` is "yes", or empty for off duty."""

    on_duty = HiddenField()
