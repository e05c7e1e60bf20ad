"""The wall: who may enter a view. A view that names neither a permission nor `@public` is entered by nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, abort, current_app, flash, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.forgery import is_of_a_phone
from domain.permissions import Permission
from extensions import login_manager

View = Callable[..., ResponseReturnValue]


def requires(*permissions: Permission) -> Callable[[View], View]:
    """Only people whose roles grant one of these permissions may enter the view."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(**kwargs: Any) -> ResponseReturnValue:
            if not current_user.is_authenticated:
                return login_manager.unauthorized()
            if not any(current_user.can(permission) for permission in permissions):
                abort(403)
            return view(**kwargs)

        guarded.permissions = permissions  # type: ignore[attr-defined]
        return guarded

    return guard


def requires_the_actions_own(view: View) -> View:
    """Only people whose roles grant what the lifecycle asks for the `action` in the address may enter the view."""

    @wraps(view)
    def guarded(**kwargs: Any) -> ResponseReturnValue:
        return requires(kwargs["action"].permission)(view)(**kwargs)

    guarded.permissions = "as the lifecycle says"  # type: ignore[attr-defined]
    return guarded


def public(view: View) -> View:
    """Anybody may enter the view, signed in or not. A house rule lists all of these by name."""
    view.is_public = True  # type: ignore[attr-defined]
    return view


def init_app(app: Flask) -> None:
    """Raise the wall, and say where it sends a stranger."""
    app.before_request(refuse_by_default)
    login_manager.unauthorized_handler(ask_to_sign_in)


def refuse_by_default() -> None:
    """No view is reachable because somebody forgot to guard it, and none reads anything but forms."""
    if request.is_json:
        abort(400)
    view = current_app.view_functions.get(request.endpoint or "")
    if view and not hasattr(view, "permissions") and not hasattr(view, "is_public"):
        abort(403)


def ask_to_sign_in() -> ResponseReturnValue:
    """A person is sent to the sign-in page and back; a script is told 401 and never a page it did not ask for."""
    if is_of_a_phone():
        return jsonify(verdict="sign_in"), 401
    if "HX-Request" in request.headers or request.method != "GET":
        abort(401)
    if request.path != "/":
        flash(_("Please sign in."), "info")
    return redirect(url_for("sign_in.sign_in", next=request.full_path.rstrip("?")))
