"""The photos of an entry that was not accepted, also where no request could take them."""

from uuid import UUID

from flask import Response, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from blueprints.access import requires
from blueprints.phones.blueprint import bp
from domain.permissions import Permission
from queries import attachments, refused_entries


@bp.get("/refused/<uuid:id>/photos/<string(length=64):sha256>")
@requires(Permission.SEE_PHONES)
def photo(id: UUID, sha256: str) -> ResponseReturnValue:
    """One of them, redrawn; with `?small=yes` small enough for a list."""
    stored = refused_entries.photo_stored(id, sha256, viewer=current_user)
    content = attachments.content_stored(stored, small="small" in request.args)
    response = Response(content, mimetype="image/jpeg")
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.headers["Content-Disposition"] = "inline"
    return response
