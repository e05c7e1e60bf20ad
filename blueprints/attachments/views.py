"""The photos themselves."""

from uuid import UUID

from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from flask_login import current_user

from blueprints.access import requires
from domain.permissions import Permission
from queries import attachments

bp = Blueprint("attachments", __name__, url_prefix="/attachments")


@bp.get("/<uuid:id>")
@requires(Permission.SEE, Permission.REGISTER)
def show(id: UUID) -> ResponseReturnValue:
    """A photo, for whoever sees its request."""
    return picture(id, small=False)


@bp.get("/<uuid:id>/small")
@requires(Permission.SEE, Permission.REGISTER)
def thumbnail(id: UUID) -> ResponseReturnValue:
    """The same, small enough for a list."""
    return picture(id, small=True)


def picture(id: UUID, *, small: bool) -> Response:
    """An attachment never changes: this browser may keep it, nobody else may."""
    attachment = attachments.of_id(id, viewer=current_user)
    response = Response(attachments.content(attachment, small=small), mimetype=attachment.media_type)
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.headers["Content-Disposition"] = "inline"
    return response
