"""Loading the file of a phone that could not deliver its entries."""

from typing import Any

from flask import Response, flash, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from actions import brought_entries
from actions.brought_entries import Brought
from blueprints.access import requires
from blueprints.errors import sentence_of
from blueprints.htmx import gone_to, page_or_fragment
from blueprints.phones.blueprint import bp
from blueprints.written import action_label
from domain import outbox_file
from domain.errors import Invalid
from domain.outbox_file import OutboxFile
from domain.permissions import Permission
from forms.outbox_file import OutboxFileForm
from queries import filed_entries
from queries.filed_entries import Standing


@bp.route("/load", methods=["GET", "POST"])
@requires(Permission.SEE_PHONES)
def load() -> ResponseReturnValue:
    """Choose a file, look at what is in it, and bring it in."""
    form = OutboxFileForm()
    if not form.validate_on_submit():
        return page(form)
    try:
        file = outbox_file.read(form.content)
        if not form.is_meant:
            return page(form, file, **looked_at(file))
        brought = brought_entries.bring(file, by=current_user)
    except Invalid as refusal:
        form.refuse(refusal.field, sentence_of(refusal))
        return page(form)
    flash(told(brought), "success")
    return gone_to(url_for(".refused"))


def looked_at(file: OutboxFile) -> dict[str, Any]:
    """What the page shows of a file. Raises Invalid("file")."""
    person = filed_entries.person_of(file, viewer=current_user)
    return {"person": person, "entries": filed_entries.standings(file, person)}


def page(form: OutboxFileForm, file: OutboxFile | None = None, **found: Any) -> Response:
    """The form; below it what a file holds that was looked at."""
    return page_or_fragment(
        "phones/load.html",
        "phones/_load.html",
        status=422 if form.errors else 200,
        form=form,
        file=file,
        action_label=action_label,
        new=Standing.NEW,
        **({"person": None, "entries": []} | found),
    )


def told(brought: Brought) -> str:
    """What became of a file."""
    new = brought.entries[Standing.NEW]
    return _(
        "%(new)s entries brought in, %(known)s were known already; %(photos)s photos kept.",
        new=new,
        known=brought.entries.total() - new,
        photos=brought.photos,
    )
