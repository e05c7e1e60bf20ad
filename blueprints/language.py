"""Which language and which wall clock a page speaks."""

from collections.abc import Iterable

from flask import request, session
from flask_login import current_user

from domain.days import DEFAULT_ZONE

LANGUAGES = {"zh_Hans_CN": "中文", "en": "English"}
_AS_BROWSERS_SAY = {
    "zh": "zh_Hans_CN",
    "zh-cn": "zh_Hans_CN",
    "zh-hans": "zh_Hans_CN",
    "zh-hans-cn": "zh_Hans_CN",
    "en": "en",
}


def of_this_visit() -> str:
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
