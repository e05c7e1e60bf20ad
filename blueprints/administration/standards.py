"""The service standards: what each class is promised, where, and since when."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from actions import service_standards as actions
from blueprints.access import requires
from blueprints.administration.blueprint import bp
from blueprints.display import local_name
from blueprints.saving import accepted, http_status
from domain.durations import parts_of
from domain.errors import NotFound
from domain.permissions import Permission
from domain.service_classes import ServiceClass
from domain.standards import Allowance, Clock
from forms.base import read
from forms.service_standards import StandardForm, as_typed
from queries import categories, service_standards, sites
from queries.seen import seen_of
from queries.service_standards import Scope, standard_of


@bp.get("/standards")
@requires(Permission.ADMINISTER)
def standards() -> ResponseReturnValue:
    """All classes and clocks of one scope."""
    scope = scope_asked()
    return render_template(
        "administration/standards.html",
        scope=scope,
        here=in_url(scope),
        sites=sites.administered_by(current_user),
        categories=categories.tree(current_user),
        rows=service_standards.in_scope(current_user, scope, at=datetime.now(UTC)),
        classes=ServiceClass,
        clocks=Clock,
        standard_of=standard_of,
        length_words=length_words,
    )


@bp.route("/standards/<service_class>", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def standard(service_class: str) -> ResponseReturnValue:
    """One class of one scope: change it from a moment on, and see what it was."""
    scope, chosen = scope_asked(), class_named(service_class)
    present = service_standards.of_scope(current_user, scope, chosen, at=datetime.now(UTC))
    begin = as_typed(standard_of(present.allowances)) | {"follow_up_share": present.follow_up_share} if present else {}
    form = StandardForm(**begin, seen=seen_of(present))
    if accepted(form, lambda: save(form, scope, chosen)):
        flash(_("Saved. Requests that are already there keep their deadlines."), "success")
        return redirect(url_for(".standard", service_class=chosen.value, **in_url(scope)), 303)
    return page(form, scope, chosen), http_status(form)


def save(form: StandardForm, scope: Scope, service_class: ServiceClass) -> None:
    """Write the new standard."""
    actions.set_standard(
        scope,
        service_class,
        form.standard,
        follow_up_share=form.follow_up_share.data,
        valid_from=form.valid_from.data,
        by=current_user,
        seen=form.seen.data,
    )


def page(form: StandardForm, scope: Scope, service_class: ServiceClass) -> str:
    """The form with the history of what it changes."""
    return render_template(
        "administration/standard.html",
        form=form,
        here=in_url(scope),
        service_class=service_class,
        scope_words=scope_words(scope),
        history=service_standards.history(current_user, scope, service_class),
        is_company=scope == Scope(),
        clocks=Clock,
        standard_of=standard_of,
        length_words=length_words,
    )


@bp.post("/standards/withdraw/<uuid:id>")
@requires(Permission.ADMINISTER)
def withdraw_standard(id: UUID) -> ResponseReturnValue:
    """Back to what holds in the wider scope."""
    row = actions.withdraw(id, by=current_user)
    flash(_("Withdrawn. Requests that are already there keep their deadlines."), "success")
    here = in_url(Scope(row.site_id, row.category_id))
    return redirect(url_for(".standard", service_class=row.service_class.value, **here), 303)


def scope_asked() -> Scope:
    """The scope the URL names. Raises NotFound for another company's, or for what is none."""
    site, category = request.args.get("site"), request.args.get("category")
    scope = Scope(read(UUID, site), read(UUID, category))
    if scope.site_id:
        sites.administered(scope.site_id, viewer=current_user)
    if (site and not scope.site_id) or (category and not scope.category_id):
        raise NotFound()
    if scope.category_id and scope.category_id not in {row.id for row in categories.tree(current_user)}:
        raise NotFound()
    return scope


def in_url(scope: Scope) -> dict[str, Any]:
    """The scope as URLs carry it."""
    return {name: str(id) for name, id in (("site", scope.site_id), ("category", scope.category_id)) if id is not None}


def scope_words(scope: Scope) -> str:
    """`The whole company`, or site and category by name."""
    names = [local_name(sites.administered(scope.site_id, viewer=current_user))] if scope.site_id else []
    names += [local_name(row) for row in categories.tree(current_user) if row.id == scope.category_id]
    return " · ".join(names) or _("The whole company")


def class_named(name: str) -> ServiceClass:
    """The class of a URL. Raises NotFound."""
    try:
        return ServiceClass(name)
    except ValueError:
        raise NotFound() from None


def length_words(allowance: Allowance) -> str:
    """`2 h`, `30 min`, `1 d` in the reader's language."""
    days, hours, minutes = parts_of(allowance.minutes, round_the_clock=allowance.round_the_clock)
    parts = [_("%(days)s d", days=days)] if days else []
    parts += [_("%(hours)s h", hours=hours)] if hours else []
    return " ".join(parts + ([_("%(minutes)s min", minutes=minutes)] if minutes else []))
