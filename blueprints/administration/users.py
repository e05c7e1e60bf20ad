"""The colleagues: list, account, invitation, lock."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from actions import users as actions
from blueprints import display
from blueprints.access import requires
from blueprints.addresses import public_address
from blueprints.administration.blueprint import bp
from blueprints.display import local_name
from blueprints.saving import accepted, http_status
from domain.accounts import ENTRIES, INVITED_FOR, status_of
from domain.permissions import Permission
from forms.fields import plain
from forms.users import UserFilters, UserForm
from queries import administration, posts, sites, user_list


@bp.get("/users")
@requires(Permission.ADMINISTER)
def users() -> ResponseReturnValue:
    """One page of the colleagues that pass the filters."""
    form, moment = UserFilters(request.args), datetime.now(UTC)
    form.offer([(str(site.id), local_name(site)) for site in sites.administered_by(current_user)])
    around = {name: plain(request.args.get(name)) for name in ("before", "after")}
    page = user_list.page(current_user, form.chosen, now=moment, **around)
    return render_template("administration/users.html", form=form, shown=page, status_of=lambda u: status_of(u, moment))


@bp.route("/users/new", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def new_user() -> ResponseReturnValue:
    """A new colleague; their invitation is the next step."""
    form, added = offered(UserForm()), []
    company = current_user.company_id
    if accepted(form, lambda: added.append(actions.add(form.details, by=current_user, company_id=company))):
        return invited(added[0].id)
    return render_template("administration/user_new.html", form=form), 422 if form.errors else 200


@bp.route("/users/<uuid:id>", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def user(id: UUID) -> ResponseReturnValue:
    """One account: change it, and see what was changed before."""
    found = user_list.of_id(id, viewer=current_user)
    form = offered(UserForm(**as_typed(found), seen=actions.seen_of(found)))
    if accepted(form, lambda: actions.edit(id, form.details, by=current_user, seen=form.seen.data)):
        flash(_("Saved."), "success")
        return redirect(url_for(".user", id=id), 303)
    if form.errors:
        found = user_list.of_id(id, viewer=current_user)  # as it is, not as it was refused
    return render_template("administration/user.html", form=form, **around(found)), http_status(form)


def around(found: Any) -> dict[str, object]:
    """What stands beside the form. The link of an invitation is shown once, to whoever made it."""
    return {
        "user": found,
        "status": status_of(found, datetime.now(UTC)),
        "open_jobs": user_list.open_jobs_of(found),
        "entries": administration.entries(current_user, subject_id=found.id),
        "labels": ENTRIES,
        "invitation": session.pop("invitation", {}).get(str(found.id)),
        "days": INVITED_FOR.days,
    }


@bp.post("/users/<uuid:id>/invite")
@requires(Permission.ADMINISTER)
def invite(id: UUID) -> ResponseReturnValue:
    """A new link to choose a password with."""
    return invited(user_list.of_id(id, viewer=current_user).id)


def invited(id: UUID) -> ResponseReturnValue:
    """To the account's page, which shows the link once."""
    secret = actions.invite(id, by=current_user)
    session["invitation"] = {str(id): public_address("sign_in.invitation", secret=secret)}
    return redirect(url_for(".user", id=id), 303)


@bp.post("/users/<uuid:id>/unlock")
@requires(Permission.ADMINISTER)
def unlock(id: UUID) -> ResponseReturnValue:
    """Too many wrong passwords, forgiven."""
    actions.unlock(user_list.of_id(id, viewer=current_user).id, by=current_user)
    flash(_("The account is unlocked."), "success")
    return redirect(url_for(".user", id=id), 303)


@bp.post("/users/<uuid:id>/enable")
@requires(Permission.ADMINISTER)
def enable(id: UUID) -> ResponseReturnValue:
    """In again."""
    actions.enable(user_list.of_id(id, viewer=current_user).id, by=current_user)
    flash(_("The account is enabled."), "success")
    return redirect(url_for(".user", id=id), 303)


@bp.post("/users/<uuid:id>/disable")
@requires(Permission.ADMINISTER)
def disable(id: UUID) -> ResponseReturnValue:
    """Out, at once and everywhere."""
    actions.disable(user_list.of_id(id, viewer=current_user).id, by=current_user)
    flash(_("The account is disabled and signed out everywhere."), "success")
    return redirect(url_for(".user", id=id), 303)


def offered(form: UserForm) -> UserForm:
    """The form with the places and trades of the administrator's company."""
    places = [(post.name, post_words(post)) for post in posts.of_company(current_user.company_id)]
    trades = [(str(trade.id), local_name(trade)) for trade in posts.all_trades(current_user.company_id)]
    form.offer(places, trades)
    return form


def post_words(post: posts.Post) -> str:
    """`Cloud Lake Garden · Engineering`."""
    parts = [local_name(part) for part in (post.site, post.department) if part]
    return " · ".join(parts if post.site else [_("The whole company"), *parts])


def as_typed(user: Any) -> dict[str, object]:
    """The account as its form begins."""
    own = {name: getattr(user, name) or "" for name in ("name", "username", "email")}
    return own | {
        "phone": display.phone(user.phone) if user.phone else "",
        "post": posts.name_of(user.site_id, user.department_id),
        "roles": [role.value for role in user.roles],
        "trades": [str(row.category_id) for row in user.qualifications],
        "on_duty": user.on_duty,
    }
