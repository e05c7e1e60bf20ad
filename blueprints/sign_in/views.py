"""Coming in and going out."""

from typing import Any

from flask import Blueprint, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from actions.sign_in import signed_in
from actions.users import take_up_invitation
from blueprints.access import public
from blueprints.errors import sentence_of
from blueprints.navigation import home_of
from blueprints.saving import accepted
from blueprints.sessions import close_session, open_session, own_page
from domain.accounts import AccountLocked
from extensions import limiter
from forms.sign_in import NewPasswordForm, SignInForm
from queries import users

bp = Blueprint("sign_in", __name__)

PER_ADDRESS = "60/minute;600/hour"  # a whole management office may share one
PER_NAME = "12/minute;60/hour"  # beside the lock of the account, which counts wrong passwords only


def typed_name() -> str:
    """Whose door is knocked at, for the limiter."""
    return request.form.get("username", "").strip().casefold()[:100]


@bp.get("/")
@public
def start() -> ResponseReturnValue:
    """The page a person wants to see first."""
    return redirect(home_of(current_user) if current_user.is_authenticated else url_for(".sign_in"))


@bp.route("/sign-in", methods=["GET", "POST"])
@public
@limiter.limit(PER_ADDRESS, methods=["POST"])
@limiter.limit(PER_NAME, key_func=typed_name, methods=["POST"])
def sign_in() -> ResponseReturnValue:
    """The door."""
    form = SignInForm()
    user, status = knock(form) if form.validate_on_submit() else (None, 422 if form.errors else 200)
    if user:
        open_session(user)
        return redirect(own_page(request.args.get("next")) or home_of(user), 303)
    return render_template("sign_in/sign_in.html", form=form), status


def knock(form: SignInForm) -> tuple[Any, int]:
    """Who may come in; or nobody, said at the form, with the status of the answer."""
    try:
        user = signed_in(form.username.data, form.phone, form.password.data)
    except AccountLocked as locked:
        form.refuse("password", sentence_of(locked))
        return None, 429
    if user is None:
        form.refuse("password", _("User name or password is wrong."))
    return user, 422


@bp.post("/sign-out")
@public
def sign_out() -> ResponseReturnValue:
    """Forget who sits here."""
    close_session()
    return redirect(url_for(".sign_in"), 303)


@bp.route("/invitation/<secret>", methods=["GET", "POST"])
@public
@limiter.limit(PER_ADDRESS)
def invitation(secret: str) -> ResponseReturnValue:
    """The link of an invitation: whoever holds it chooses the account's password, once."""
    user = users.of_invitation(secret)
    form = NewPasswordForm()
    if accepted(form, lambda: take_up_invitation(secret, form.password.data)):
        open_session(users.of_id(user.id))
        return redirect(url_for(".start"), 303)
    return render_template("sign_in/invitation.html", form=form, user=user), 422 if form.errors else 200
