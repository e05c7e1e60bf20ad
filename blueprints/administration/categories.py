"""The category tree: what each node stands for, and new ones."""

from collections.abc import Callable
from uuid import UUID

from flask import render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from actions import categories as actions
from blueprints.access import requires
from blueprints.administration.blueprint import bp
from blueprints.administration.one_form import one_form
from blueprints.display import local_name
from domain.permissions import Permission
from forms.base import read
from forms.categories import CategoryForm, NewCategoryForm
from queries import categories as queries
from queries import posts
from queries.seen import seen_of


@bp.get("/categories")
@requires(Permission.ADMINISTER)
def categories() -> ResponseReturnValue:
    """The whole tree."""
    return render_template(
        "administration/categories.html", rows=queries.branches(current_user), departments=dict(departments())
    )


@bp.route("/categories/<uuid:id>", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def category(id: UUID) -> ResponseReturnValue:
    """One node."""
    row = queries.of_id(id, viewer=current_user)
    form = CategoryForm(obj=row, seen=seen_of(row))
    form.offer(departments())
    seen = form.seen.data
    return node(form, local_name(row), lambda: actions.edit(id, form.details, by=current_user, seen=seen))


@bp.route("/categories/new", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def new_category() -> ResponseReturnValue:
    """A node below `?below=`, or a new trade."""
    below = request.args.get("below")
    parent = queries.of_id(read(UUID, below) or UUID(int=0), viewer=current_user) if below else None
    form = NewCategoryForm()
    form.offer(departments())
    title = _("New category below %(name)s", name=local_name(parent)) if parent else _("New trade")
    return node(form, title, lambda: actions.add(parent.id if parent else None, form.details, by=current_user))


def node(form: CategoryForm, title: str, save: Callable[[], object]) -> ResponseReturnValue:
    """The form of one node."""
    return one_form(form, title, save, back_to=".categories", back_words=_("Categories"))


def departments() -> list[tuple[str, str]]:
    """The departments by code, each once: they are the same at every site."""
    found = {
        post.department.code: local_name(post.department)
        for post in posts.of_company(current_user.company_id)
        if post.site and post.department
    }
    return sorted(found.items())
