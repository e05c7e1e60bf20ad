"""What a browser sent, as every form of ours reads it."""

from functools import lru_cache
from typing import Any

from babel.support import NullTranslations, Translations
from flask_babel import get_locale
from flask_wtf import FlaskForm
from wtforms import FileField
from wtforms.i18n import messages_path


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

        def get_translations(self, form: Any) -> NullTranslations:
            """What the library says by itself, in the reader's language."""
            return sentences_in(str(get_locale()))


def takes_files(form: Any, name: str) -> bool:
    """Whether a file sent under this name is one the form asks for."""
    return name in form and isinstance(form[name], FileField)


@lru_cache
def sentences_in(language: str) -> NullTranslations:
    """The library's own sentences, read from their file once."""
    return Translations.load(messages_path(), [language], "wtforms")
