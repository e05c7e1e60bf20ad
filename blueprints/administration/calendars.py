"""The working hours of a site: its week, its holidays and make-up days, and a picture of the year."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from actions import calendars as actions
from blueprints.access import requires
from blueprints.administration import year_picture
from blueprints.administration.blueprint import bp
from blueprints.errors import sentence_of
from blueprints.saving import accepted
from domain.days import local_day
from domain.errors import Invalid
from domain.permissions import Permission
from domain.working_hours import text_of
from forms.calendars import DAYS, FIRST_YEAR, LAST_YEAR, SpecialDayForm, WeekForm, YearForm, as_typed
from queries import calendars, sites


@bp.get("/calendars/<uuid:site_id>")
@requires(Permission.ADMINISTER)
def calendar(site_id: UUID) -> ResponseReturnValue:
    """Everything about the working hours of one site."""
    return page(sites.administered(site_id, viewer=current_user))


def page(site: Any, *, week_form: WeekForm | None = None, day_form: SpecialDayForm | None = None) -> tuple[str, int]:
    """The page, with one of its forms as it was typed and refused."""
    today = local_day(datetime.now(UTC), site.zone)
    year = request.args.get("year", today.year, type=int)
    year = year if FIRST_YEAR <= year <= LAST_YEAR else today.year
    hours = calendars.of_site(site)
    special = calendars.special_days(site, year)
    html = render_template(
        "administration/calendar.html",
        site=site,
        today=today,
        year=year,
        day_names=DAYS,
        weeks=hours.weeks_from(today),
        text_of=text_of,
        week_form=week_form or WeekForm(formdata=None, **as_typed(hours.week_on(today), today)),
        day_form=day_form or SpecialDayForm(formdata=None),
        special=special,
        months=year_picture.of(hours, year, {row.day: row.name for row in special}),
    )
    return html, 422 if week_form or day_form else 200


@bp.post("/calendars/<uuid:site_id>/week")
@requires(Permission.ADMINISTER)
def week(site_id: UUID) -> ResponseReturnValue:
    """Other hours from a day on."""
    site, form = sites.administered(site_id, viewer=current_user), WeekForm()
    if accepted(form, lambda: actions.set_week(site, form.week, form.valid_from.data, by=current_user)):
        flash(_("Saved. The deadlines of open requests are being counted anew."), "success")
        return redirect(url_for(".calendar", site_id=site_id), 303)
    return page(site, week_form=form)


@bp.post("/calendars/<uuid:site_id>/days")
@requires(Permission.ADMINISTER)
def special_day(site_id: UUID) -> ResponseReturnValue:
    """One holiday or make-up day."""
    site, form = sites.administered(site_id, viewer=current_user), SpecialDayForm()
    if accepted(form, lambda: actions.set_day(site, by=current_user, **typed(form))):
        flash(_("Saved. The deadlines of open requests are being counted anew."), "success")
        return back(site_id, form.day.data)
    return page(site, day_form=form)


def typed(form: SpecialDayForm) -> dict[str, Any]:
    """The day as the action reads it."""
    return {
        "day": form.day.data,
        "is_working": form.is_working.data == "yes",
        "name": form.name.data or "",
        "everywhere": form.everywhere.data,
    }


def back(site_id: UUID, day: date) -> ResponseReturnValue:
    """To the page, at the year of this day."""
    return redirect(url_for(".calendar", site_id=site_id, year=day.year, _anchor="days"), 303)


@bp.post("/calendars/<uuid:site_id>/days/<uuid:id>/remove")
@requires(Permission.ADMINISTER)
def remove_day(site_id: UUID, id: UUID) -> ResponseReturnValue:
    """The week counts again on that day."""
    try:
        actions.remove_day(sites.administered(site_id, viewer=current_user), id, by=current_user)
        flash(_("Saved. The deadlines of open requests are being counted anew."), "success")
    except Invalid as refusal:
        flash(sentence_of(refusal), "error")
    return redirect(url_for(".calendar", site_id=site_id, year=request.form.get("year"), _anchor="days"), 303)


@bp.post("/calendars/<uuid:site_id>/import")
@requires(Permission.ADMINISTER)
def import_year(site_id: UUID) -> ResponseReturnValue:
    """China's holidays of a year, for the whole company."""
    site, form = sites.administered(site_id, viewer=current_user), YearForm()
    if not form.validate_on_submit():
        flash(_("A year looks like 2026."), "error")
        return redirect(url_for(".calendar", site_id=site.id), 303)
    number = actions.import_year(form.year.data, by=current_user)
    flash(_("New holidays and make-up days: %(number)d", number=number), "success")
    return redirect(url_for(".calendar", site_id=site.id, year=form.year.data, _anchor="days"), 303)
