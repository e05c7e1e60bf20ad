"""What lies on this phone. The page knows nothing of it: the phone fills it in (static/js/phone/outbox_page.js)."""

from flask import render_template
from flask.typing import ResponseReturnValue

from blueprints.access import requires
from blueprints.phone.blueprint import bp
from domain.permissions import Permission


@bp.get("/outbox")
@requires(Permission.USE_ACCOUNT)
def outbox() -> ResponseReturnValue:
    """The entries of the person on this phone, and how the phone is."""
    return render_template("phone/outbox.html")
