"""The figures, the list behind each, and both to take away."""

from collections.abc import Iterator
from typing import Any

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.access import requires
from blueprints.htmx import page_or_fragment
from blueprints.statistics import charts
from blueprints.statistics.asked import Asked, asked_for, measures_asked
from blueprints.statistics.columns import columns_of
from blueprints.statistics.page import HEADS, definitions, page_of
from blueprints.statistics.sheets import Cell, sent
from domain.errors import NotFound
from domain.measures import BREAKDOWN, MEASURES, RATES
from domain.permissions import Permission
from extensions import now
from queries import figure_lists, figures

bp = Blueprint("statistics", __name__, url_prefix="/statistics")


@bp.get("")
@requires(Permission.SEE_STATISTICS)
def overview() -> ResponseReturnValue:
    """All figures of the days, sites and filters asked for."""
    asked = asked_for(request.args)
    found = figures.of(asked.scope, now(), {*charts.DRAWN, asked.by})
    page = page_of(asked, found, request.args.get("sort", "received"), request.args.get("order") != "ascending")
    context = {"heads": list(HEADS), "rates": RATES, "definitions": definitions()}
    status = 200 if asked.is_valid else 422
    return render_template("statistics/overview.html", asked=asked, page=page, **context), status


@bp.get("/filters")
@requires(Permission.SEE_STATISTICS)
def filters() -> ResponseReturnValue:
    """All filters to choose from: brought into the page of the figures, or without script a page of its own."""
    asked = asked_for(request.args, offer=True)
    status = 200 if asked.is_valid else 422
    return page_or_fragment("statistics/filters.html", "statistics/_filters.html", status=status, asked=asked)


@bp.get("/list")
@requires(Permission.SEE_STATISTICS)
def rows() -> ResponseReturnValue:
    """The rows behind a number: exactly as many as it said."""
    asked, names = asked_for(request.args), measures_asked()
    line: Any = line_asked()
    source = MEASURES[names[0]].source
    behind = figure_lists.behind(asked.scope, *names, now=now(), **line)
    shown = figure_lists.page(behind, source, after=request.args.get("after"))
    return render_template(
        "statistics/list.html",
        asked=asked,
        measures=[MEASURES[name] for name in names],
        labels=[charts.label_of_measure(name) for name in names],
        is_later="after" in request.args,
        line=charts.label_of_line(asked, **line) if line else "",
        columns=columns_of(source),
        shown=shown,
        url=lambda **changed: asked.list_url(*names, **line, **changed),
        export_url=lambda form: asked.url("statistics.list_export", form=form, measure=names, **line),
    )


@bp.get("/list.<form>")
@requires(Permission.SEE_STATISTICS)
def list_export(form: str) -> ResponseReturnValue:
    """The whole list as a file."""
    asked, names = asked_for(request.args), measures_asked()
    source = MEASURES[names[0]].source
    behind = figure_lists.behind(asked.scope, *names, now=now(), **line_asked())
    lines = figure_lists.all_lines(behind, source)
    return sent(form, rows_of_list(lines, columns_of(source)), file_name(names[0], asked))


@bp.get("/<by>.<form>")
@requires(Permission.SEE_STATISTICS)
def table_export(by: str, form: str) -> ResponseReturnValue:
    """One breakdown as a file."""
    asked = asked_for(request.args)
    if by not in charts.EXPORTED:
        raise NotFound()
    found = figures.of(asked.scope, now(), [by])
    return sent(form, rows_of_table(charts.lines(asked, found.lines[by], by, "received", True)), file_name(by, asked))


def line_asked() -> dict[str, str]:
    """The line of a breakdown the list is about, if any."""
    by = request.args.get("by")
    return {"by": by, "key": request.args.get("key", "")} if by else {}


def file_name(name: str, asked: Asked) -> str:
    """What is counted, and of which days."""
    return f"{name}-{asked.period.since}-{asked.period.until}"


def rows_of_list(lines: Iterator[Any], columns: Any) -> Iterator[list[Cell]]:
    """A head, then what the page would show of each row."""
    yield [_("Reference"), *(_(column.label) for column in columns)]
    for line in lines:
        yield [line.reference, *(column.text(line) for column in columns)]


def rows_of_table(lines: list[charts.Line]) -> Iterator[list[Cell]]:
    """A head, then every line with its counts."""
    yield ["", *(charts.label_of_measure(name) for name in BREAKDOWN)]
    for line in lines:
        yield [line.label, *(line.counts[name] for name in BREAKDOWN)]
