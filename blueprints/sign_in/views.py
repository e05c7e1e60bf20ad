"""Coming in and going out."""

from urllib.parse import urlsplit

from flask import Blueprint, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user, login_user, logout_user

from actions.sign_in import signed_in
from blueprints.access import public
from blueprints.navigation import home_of
from forms.sign_in import SignInForm

bp = Blueprint("sign_in", __name__)


@bp.get("/")
@public
def start() -> ResponseReturnValue:
    """The page a person wants to see first."""
    return redirect(home_of(current_user)) if current_user.is_authenticated else redirect("/sign-in")


@bp.route("/sign-in", methods=["GET", "POST"])
@public
def sign_in() -> ResponseReturnValue:
    """The door."""
    form = SignInForm()
    status = 200
    if form.validate_on_submit():
        user = signed_in(form.username.data, form.password.data)
        if user:
            login_user(user, remember=False)
            return redirect(own_path(request.args.get("next")) or home_of(user), 303)
        form.password.errors = [_("User name or password is wrong.")]
    if form.errors:
        status = 422
    return render_template("sign_in/sign_in.html", form=form), status


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Forget who sits here."""
    logout_user()
    return redirect("/sign-in", 303)


def own_path(target: str | None) -> str | None:
    """The path to return to, if it is one of ours: never another host."""
    if not target or not target.startswith("/") or target.startswith(("//", "/\\")):
        return None
    return target if not urlsplit(target).netloc else None
