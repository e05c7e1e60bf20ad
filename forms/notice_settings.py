"""What a person chooses about being told."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField

from forms.plain import PlainForm


class NoticeSettingsForm(PlainForm):
    """In the product always; by e-mail if wanted."""

    email_notices = BooleanField(_l("Send me important notices by e-mail too"))
