"""What a person changes about their own account."""

from flask_babel import lazy_gettext as _l

from forms.sign_in import NewPasswordForm, password


class PasswordForm(NewPasswordForm):
    """Another password in place of the present one."""

    old_password = password(_l("Present password"), "current-password")
    field_order = ("old_password", "password", "again")

    def __iter__(self):
        return (self[name] for name in (*(f for f in self._fields if f not in self.field_order), *self.field_order))
