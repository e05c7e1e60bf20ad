"""Discarding an entry that may be on its way already."""

from uuid import UUID

from flask.typing import ResponseReturnValue
from flask_login import current_user

from actions.receipts import withdraw
from blueprints.access import requires
from blueprints.forgery import phone_id
from blueprints.sync.blueprint import bp
from blueprints.verdicts import stranger, verdict
from domain.permissions import Permission


@bp.post("/entries/<uuid:id>/withdrawal")
@requires(Permission.USE_ACCOUNT)
def withdrawal(id: UUID) -> ResponseReturnValue:
    """A late copy will not be done any more; or it is too late, for it has been done."""
    return stranger(id) or verdict(id, withdraw(id, phone_id=phone_id(), by=current_user).value)
