"""The list of phones."""

from typing import Any

from flask.typing import ResponseReturnValue
from flask_login import current_user

from blueprints.access import requires
from blueprints.assets import build
from blueprints.htmx import page_or_fragment
from blueprints.paging import key_asked
from blueprints.phones.blueprint import bp
from blueprints.phones.frame import tabs
from domain.permissions import Permission
from domain.phones import LOSS_REMEMBERED, SILENT_AFTER, called
from extensions import now
from queries import phones


@bp.get("")
@requires(Permission.SEE_PHONES)
def index() -> ResponseReturnValue:
    """What the phones of one's people last said of themselves, the most worrying first."""
    asked = key_asked()
    return page_or_fragment(
        "phones/index.html",
        "phones/_phones.html",
        shown=phones.page(current_user, **asked),
        key={name: str(key) for name, key in asked.items()},
        tabs=tabs(),
        build=build(),
        called=called,
        **moments(),
    )


def moments() -> dict[str, Any]:
    """What decides which words stand beside a phone."""
    moment = now()
    return {"moment": moment, "silent_since": moment - SILENT_AFTER, "lost_since": moment - LOSS_REMEMBERED}
