"""One's own account: everything a person may change about themselves, on one page that fits a phone."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from actions.account import choose_language
from actions.sign_in import change_password, end_sessions
from blueprints.access import public, requires
from blueprints.errors import sentence_of
from blueprints.language import LANGUAGES
from blueprints.navigation import home_of, works_at_desk
from blueprints.saving import accepted
from blueprints.sessions import close_session, open_session, page_before
from domain.accounts import AccountLocked
from domain.permissions import Permission
from forms.account import PasswordForm
from queries import users

bp = Blueprint("account", __name__)


@bp.get("/me")
@requires(Permission.USE_ACCOUNT)
def me() -> ResponseReturnValue:
    """Who I am here, and my own settings."""
    return page(PasswordForm(formdata=None))


def page(password_form: PasswordForm, status: int = 200) -> ResponseReturnValue:
    """The page, with the password's form as it was typed."""
    user = users.of_id(current_user.id)
    layout = "base.html" if works_at_desk(current_user) else "phone.html"
    return render_template("account/me.html", layout=layout, user=user, password_form=password_form), status


@bp.post("/me/password")
@requires(Permission.USE_ACCOUNT)
def password() -> ResponseReturnValue:
    """Another password: this browser stays signed in, all others are out."""
    form = PasswordForm()
    try:
        saved = accepted(form, lambda: change_password(current_user.id, form.old_password.data, form.password.data))
    except AccountLocked as locked:
        form.refuse("old_password", sentence_of(locked))
        return page(form, 429)
    if not saved:
        return page(form, 422)
    open_session(users.of_id(current_user.id))
    flash(_("Your password was changed. Everywhere else you have been signed out."), "success")
    return redirect(url_for(".me"), 303)


@bp.post("/me/sign-out-everywhere")
@requires(Permission.USE_ACCOUNT)
def sign_out_everywhere() -> ResponseReturnValue:
    """For a phone that was lost, or a browser left open somewhere."""
    end_sessions(current_user.id)
    close_session()
    flash(_("You have been signed out everywhere."), "success")
    return redirect(url_for("sign_in.sign_in"), 303)


@bp.post("/language")
@public
def language() -> ResponseReturnValue:
    """The language of this browser, and of the user who sits at it."""
    chosen = request.form.get("language", "")
    if chosen in LANGUAGES:
        session["language"] = chosen
        if current_user.is_authenticated:
            choose_language(current_user.id, chosen)
    return redirect(page_before() or home(), 303)


def home() -> Any:
    """Where somebody goes who came from nowhere."""
    return home_of(current_user) if current_user.is_authenticated else url_for("sign_in.sign_in")
