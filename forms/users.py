"""What an administrator types about a colleague's account."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, Form, SearchField, SelectField
from wtforms.validators import Regexp

from domain.accounts import AccountStatus
from domain.permissions import Role
from forms.edit import EditForm
from forms.fields import ChipsField, half_width, labels_of, line, number_of, plain

E_MAIL = Regexp(r"[^@\s]+@[^@\s]+\.[^@\s.]+$", message=_l("This is not an e-mail address."))


class UserForm(EditForm):
    """One account: who, where, what they may do."""

    name = line(_l("Name"), required=True, longest=40, autocomplete="off")
    username = line(
        _l("User name"), required=True, longest=40, filters=(half_width,), autocapitalize="none", autocomplete="off"
    )
    phone = line(_l("Phone"), longest=40, filters=(half_width,), inputmode="tel", autocomplete="off")
    email = line(_l("E-mail"), longest=200, filters=(half_width,), inputmode="email", autocomplete="off")
    post = SelectField(_l("Works at"))
    roles = ChipsField(_l("Roles"), choices=lambda: labels_of(Role), validate_choice=True)
    trades = ChipsField(_l("Qualified for"))
    on_duty = BooleanField(_l("On duty"), default=True)

    def offer(self, posts: list[tuple[str, str]], trades: list[tuple[str, str]]) -> None:
        """The places and trades of this company."""
        self.post.choices, self.trades.choices = posts, trades

    def validate_phone(self, field: Any) -> None:
        """Kept as E.164."""
        if field.data:
            field.data = number_of(field.data)

    def validate_email(self, field: Any) -> None:
        """Looks like an address; whether it is one, only a letter can tell."""
        if field.data:
            E_MAIL(self, field)

    @property
    def details(self) -> dict[str, Any]:
        """As actions/users reads it."""
        own = {name: self[name].data for name in ("name", "username", "post", "roles", "trades", "on_duty")}
        return own | {"phone": self.phone.data or None, "email": self.email.data or None}


class UserFilters(Form):
    """What narrows the list of colleagues. A GET form: it stays in the URL, and what cannot be is no filter."""

    text = SearchField(_l("Name, user name, phone"), filters=[half_width])
    role = SelectField(_l("Role"), default="", validate_choice=False)
    site = SelectField(_l("Site"), default="", validate_choice=False)
    status = SelectField(_l("Status"), default="", validate_choice=False)

    def offer(self, sites: list[tuple[str, str]]) -> None:
        """What there is to choose from."""
        any_one = ("", _("Any"))
        self.role.choices = [any_one, *labels_of(Role)]
        self.site.choices = [any_one, ("company", _("The whole company")), *sites]
        self.status.choices = [any_one, *labels_of(AccountStatus)]

    @property
    def chosen(self) -> dict[str, str]:
        """The filters that are set, as the URL carries them."""
        lists = {f.name: f.data for f in (self.role, self.site, self.status) if f.data in dict(f.choices)}
        return {name: value for name, value in ({"text": (plain(self.text.data) or "")[:100]} | lists).items() if value}
