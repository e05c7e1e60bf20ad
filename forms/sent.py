"""What a browser sent, as every form of ours reads it."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import FileField


class SentForm(FlaskForm):
    """A file counts where a file belongs and nowhere else: forged in the place of words it is as if nothing came."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            """Files for the fields of files, words for all."""
            sent = super().wrap_formdata(form, formdata)
            for part in getattr(sent, "dicts", ())[:1]:  # files and words together: the files come first
                wanted = [(name, file) for name, file in part.items(multi=True) if takes_files(form, name)]
                sent.dicts[0] = type(part)(wanted)
            return sent


def takes_files(form: Any, name: str) -> bool:
    """Whether a file sent under this name is one the form asks for."""
    return name in form and isinstance(form[name], FileField)
