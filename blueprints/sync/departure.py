"""Signing out on a phone, at once or as soon as the phone meets us again."""

from uuid import UUID

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from blueprints.access import public
from blueprints.sessions import close_session
from blueprints.sync.blueprint import bp
from forms.base import read


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """The person named is not signed in here any more; whoever else has signed in since stays."""
    if current_user.is_authenticated and read(UUID, request.headers.get("X-Person")) == current_user.id:
        close_session()
    return jsonify(verdict="signed_out")
