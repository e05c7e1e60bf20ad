"""The sites with their departments and buildings, and the lists by which units and residents come in."""

import csv
from collections.abc import Callable
from io import StringIO
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from actions import places as actions
from actions.imports.resident_row import COLUMNS
from actions.imports.residents import Totals, import_residents
from blueprints.access import requires
from blueprints.administration.blueprint import bp
from blueprints.administration.one_form import one_form
from blueprints.display import local_name
from blueprints.errors import sentence_of
from blueprints.saving import accepted
from domain.permissions import Permission
from forms.base import read
from forms.places import BuildingForm, NewBuildingForm, NewDepartmentForm, PlaceForm, ResidentListForm
from queries import places as queries
from queries import posts, sites, user_list
from queries.seen import seen_of

MOST_SHOWN = 200  # refused rows on the page; who has more should look at the file
BOM = "\ufeff"  # by which Excel knows UTF-8


@bp.get("/places")
@requires(Permission.ADMINISTER)
def places() -> ResponseReturnValue:
    """The sites with their departments and buildings."""
    return page(offered(ResidentListForm(formdata=None)))


def page(form: ResidentListForm, **result: Any) -> tuple[str, int]:
    """The page; after an import with `totals`, `refused` and the name of its `site`."""
    html = render_template(
        "administration/places.html",
        form=form,
        posts=posts.of_company(current_user.company_id),
        buildings=queries.buildings(current_user),
        residents=queries.residents_by_site(current_user),
        colleagues=user_list.count_by_department(current_user),
        columns=[names[0 if in_chinese() else 1] for names in COLUMNS.values()],
        **{"totals": None} | result,
    )
    return html, 422 if form.errors else 200


@bp.route("/places/departments/new", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def new_department() -> ResponseReturnValue:
    """A department of `?site=`, or of the company."""
    typed = request.args.get("site")
    site = sites.administered(read(UUID, typed) or UUID(int=0), viewer=current_user) if typed else None
    form = NewDepartmentForm()
    title = _("New department: %(place)s", place=local_name(site) if site else _("The whole company"))
    return place(form, title, lambda: actions.add_department(site, form.details, by=current_user))


@bp.route("/places/departments/<uuid:id>", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def department(id: UUID) -> ResponseReturnValue:
    """The names of a department."""
    row, _site = queries.department(id, viewer=current_user)
    form = PlaceForm(obj=row, seen=seen_of(row))
    seen = form.seen.data
    return place(form, local_name(row), lambda: actions.rename_department(id, form.details, by=current_user, seen=seen))


@bp.route("/places/<uuid:site_id>/buildings/new", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def new_building(site_id: UUID) -> ResponseReturnValue:
    """A building of a site."""
    site, form = sites.administered(site_id, viewer=current_user), NewBuildingForm()
    title = _("New building: %(site)s", site=local_name(site))
    return place(form, title, lambda: actions.add_building(site, form.details, by=current_user))


@bp.route("/places/buildings/<uuid:id>", methods=["GET", "POST"])
@requires(Permission.ADMINISTER)
def building(id: UUID) -> ResponseReturnValue:
    """Names and position of a building."""
    row, _site = queries.building(id, viewer=current_user)
    form = BuildingForm(obj=row, seen=seen_of(row))
    seen = form.seen.data
    return place(form, local_name(row), lambda: actions.edit_building(id, form.details, by=current_user, seen=seen))


def place(form: PlaceForm, title: str, save: Callable[[], object]) -> ResponseReturnValue:
    """The form of one department or building."""
    return one_form(form, title, save, back_to=".places", back_words=_("Sites, departments and buildings"))


@bp.post("/places/residents")
@requires(Permission.ADMINISTER)
def resident_list() -> ResponseReturnValue:
    """Bring in a list; the rows that could not be taken are shown at once."""
    form, taken = offered(ResidentListForm()), []
    refused: list[tuple[int, str, str]] = []
    if not accepted(form, lambda: taken.append(brought_in(form, refused))):
        return page(form)
    if not refused:
        flash(told(taken[0]), "success")
        return redirect(url_for(".places"), 303)
    again = offered(ResidentListForm(formdata=None, site=form.site.data))
    return page(again, totals=taken[0], refused=refused, site=dict(again.site.choices)[form.site.data])


def brought_in(form: ResidentListForm, refused: list[tuple[int, str, str]]) -> Totals:
    """The list, taken; refused rows are added as line, reason and cells. Raises Invalid, NotFound."""
    site = sites.administered(UUID(form.site.data), viewer=current_user)

    def refuse(row: Any, reason: Any) -> None:
        if len(refused) < MOST_SHOWN:
            refused.append((row.line, sentence_of(reason), " · ".join(filter(None, row.as_read().values()))))

    return import_residents(form.file.data.stream, site, by=current_user, refuse=refuse)


def told(totals: Totals) -> str:
    """What came of a list without a fault."""
    return _(
        "%(read)d rows read: %(units)d new units, %(residents)d new residents.",
        read=totals.read, units=totals.units, residents=totals.residents,
    )  # fmt: skip


@bp.get("/places/residents/template.csv")
@requires(Permission.ADMINISTER)
def resident_list_template() -> ResponseReturnValue:
    """An empty list with its columns, which Excel opens."""
    words = StringIO(newline="")
    csv.writer(words).writerow(names[0 if in_chinese() else 1] for names in COLUMNS.values())
    return Response(
        BOM + words.getvalue(),
        mimetype="text/csv",
        headers={"Content-Disposition": "attachment; filename=residents.csv"},
    )


def in_chinese() -> bool:
    """Whether the reader's columns are the Chinese ones."""
    return str(get_locale()) != "en"


def offered(form: ResidentListForm) -> ResidentListForm:
    """The form with the sites of the administrator's company."""
    form.offer([(str(site.id), local_name(site)) for site in sites.administered_by(current_user)])
    return form
