"""What is typed to come in."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length


class SignInForm(FlaskForm):
    """User name or phone, and password."""

    username = StringField(
        _l("User name or phone"),
        validators=[InputRequired(_l("Please fill this in.")), Length(max=100)],
        render_kw={"autocomplete": "username", "autocapitalize": "none", "autofocus": True},
    )
    password = PasswordField(
        _l("Password"),
        validators=[InputRequired(_l("Please fill this in.")), Length(max=200)],
        render_kw={"autocomplete": "current-password"},
    )
