"""How values are printed: names in the reader's language, moments on the site's wall clock; and what layouts need."""

from datetime import datetime
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers
from flask import Flask, g
from flask_babel import get_locale, get_timezone
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from phonenumbers import PhoneNumberFormat

from blueprints.drawing import drawn
from blueprints.navigation import places_for
from domain.phone_numbers import HOME
from extensions import now
from forms.fields import local_name
from queries import users


def init_app(app: Flask) -> None:
    """Filters for every template, and what every layout needs."""
    app.jinja_env.filters |= {"local_name": local_name, "clock_time": clock_time, "day_time": day_time, "phone": phone}
    app.jinja_env.globals |= {"now": now, "drawn": drawn}
    app.context_processor(layout)


def day_time(moment: datetime) -> str:
    """`11-22 09:05` on the site's wall clock; with the year where it is not this one."""
    zone = wall_clock()
    return on_the_day(moment.astimezone(zone), now().astimezone(zone))


def clock_time(moment: datetime) -> str:
    """`09:05` today, else the day with it."""
    zone = wall_clock()
    local, today = moment.astimezone(zone), now().astimezone(zone)
    return f"{local:%H:%M}" if local.date() == today.date() else on_the_day(local, today)


def wall_clock() -> ZoneInfo:
    """The time zone of the reader's site."""
    return ZoneInfo(str(get_timezone()))


def on_the_day(local: datetime, today: datetime) -> str:
    """A moment of the wall clock, with as much of its date as is needed."""
    return f"{local:%m-%d %H:%M}" if local.year == today.year else f"{local:%Y-%m-%d %H:%M}"


@lru_cache(maxsize=4000)
def phone(number: str) -> str:
    """A number as people write it at home: `138 0013 8000`, `0755 2600 1234`; what is no number stays as it is."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    at_home = parsed.country_code == phonenumbers.country_code_for_region(HOME)
    return phonenumbers.format_number(
        parsed, PhoneNumberFormat.NATIONAL if at_home else PhoneNumberFormat.INTERNATIONAL
    )


def layout() -> dict[str, Any]:
    """What base.html, phone.html and plain.html need."""
    user = current_user._get_current_object()  # itself, and not found anew for each of the questions
    signed_in = user.is_authenticated
    return {
        "languages": str(get_locale()),
        "navigation": places_for(user) if signed_in else [],
        "unread_notices": user.unread_notices if signed_in else 0,
        "demo_accounts": user.demo_accounts if signed_in else "is_broken" not in g and users.any_demo_account(),
        "csrf_token": generate_csrf,
    }
