"""Which language and which wall clock a page speaks."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from babel import Locale
from flask import Flask, request, session
from flask_babel import Domain, get_locale, gettext
from flask_login import current_user
from markupsafe import Markup

from domain.days import DEFAULT_ZONE
from extensions import babel

LANGUAGES = {"zh_Hans_CN": "中文", "en": "English"}
LOCALES = {name: Locale.parse(name) for name in LANGUAGES}
_AS_BROWSERS_SAY = {
    "zh": "zh_Hans_CN",
    "zh-cn": "zh_Hans_CN",
    "zh-hans": "zh_Hans_CN",
    "zh-hans-cn": "zh_Hans_CN",
    "en": "en",
}


class Catalogue(Domain):
    """Our sentences in every language. A page says a hundred of them: they are found by the locale, not by its name."""

    def __init__(self) -> None:
        super().__init__()
        self.of_locale: dict[Any, Any] = {}

    def get_translations(self) -> Any:
        """The sentences of the reader's language."""
        locale = get_locale()
        found = self.of_locale.get(locale)
        if found is None:
            found = self.of_locale[locale] = super().get_translations()
        return found


def init_app(app: Flask) -> None:
    """Let pages speak the language of whoever reads them."""
    babel.init_app(app, locale_selector=of_this_visit, timezone_selector=zone_of_this_visit)
    babel.domain_instance = Catalogue()
    app.jinja_env.globals["_"] = printed


def printed(sentence: str, **values: Any) -> Markup:
    """A sentence of a template in the reader's language; its values are escaped, itself it may hold markup."""
    text = _said(sentence, get_locale())
    return text % values if "%" in text else text


@lru_cache(maxsize=5000)
def _said(sentence: str, _locale: Locale) -> Markup:
    """The sentence in this language, which is the reader's; a page says a hundred of them."""
    return Markup(gettext(sentence))


def of_this_visit() -> Locale:
    """The language of this visit."""
    return LOCALES[language_of_this_visit()]


def language_of_this_visit() -> str:
    """The user's choice, else this browser's earlier choice, else what the browser asks for, else Chinese."""
    chosen = (current_user.language if current_user.is_authenticated else None) or session.get("language")
    return chosen if chosen in LANGUAGES else of_browser(request.accept_languages.values())


def of_browser(wanted: Iterable[str]) -> str:
    """The first of the languages a browser lists that we speak; a region counts as its language."""
    for name in wanted:
        tag = name.lower().replace("_", "-")
        language = _AS_BROWSERS_SAY.get(tag) or _AS_BROWSERS_SAY.get(tag.split("-")[0])
        if language:
            return language
    return "zh_Hans_CN"


def zone_of_this_visit() -> str:
    """The wall clock of the user's site."""
    site = current_user.site if current_user.is_authenticated else None
    return site.zone if site else DEFAULT_ZONE
