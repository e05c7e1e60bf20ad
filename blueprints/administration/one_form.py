"""A page that is one form: a department, a building, a category, there or new."""

from collections.abc import Callable

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from blueprints.saving import accepted, http_status
from forms.plain import PlainForm


def one_form(
    form: PlainForm, title: str, save: Callable[[], object], *, back_to: str, back_words: str
) -> ResponseReturnValue:
    """The form as it stands; once it is saved, the page it belongs to: the endpoint `back_to`."""
    if accepted(form, save):
        flash(_("Saved."), "success")
        return redirect(url_for(back_to), 303)
    page = render_template(
        "administration/one_form.html", form=form, title=title, back=url_for(back_to), back_words=back_words
    )
    return page, http_status(form)
