"""On duty or off it."""

from flask_wtf import FlaskForm
from wtforms import HiddenField


class DutyForm(FlaskForm):
    """`on_duty` is "yes", or empty for off duty."""

    on_duty = HiddenField()
