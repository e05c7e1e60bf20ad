"""What is typed to come in."""

from flask_babel import lazy_gettext as _l
from wtforms import PasswordField
from wtforms.validators import EqualTo, InputRequired, Length

from domain.accounts import LONGEST_PASSWORD, SHORTEST_PASSWORD
from forms.fields import PLEASE_FILL_IN, half_width, line, number_of
from forms.plain import PlainForm


def password(label, autocomplete: str = "new-password", **render) -> PasswordField:
    """A password; what it must be is the domain's to say."""
    checks = [InputRequired(PLEASE_FILL_IN), Length(max=LONGEST_PASSWORD, message=_l("This is too long."))]
    return PasswordField(label, validators=checks, render_kw={"autocomplete": autocomplete, **render})


class SignInForm(PlainForm):
    """User name or phone, and password."""

    username = line(
        _l("User name or phone"), required=True, longest=100, filters=(half_width,),
        autocomplete="username", autocapitalize="none", spellcheck="false", autofocus=True,
    )  # fmt: skip
    password = password(_l("Password"), "current-password")

    @property
    def phone(self) -> str | None:
        """The name as a telephone number (E.164), if it can be one."""
        try:
            return number_of(self.username.data)
        except ValueError:
            return None


class NewPasswordForm(PlainForm):
    """A password, chosen."""

    password = password(_l("New password"), minlength=SHORTEST_PASSWORD)
    again = PasswordField(
        _l("The same once more"),
        validators=[InputRequired(PLEASE_FILL_IN), EqualTo("password", _l("The two passwords differ."))],
        render_kw={"autocomplete": "new-password"},
    )
