"""Addresses that leave this browser: in a link that is passed on, on paper."""

from typing import Any

from flask import current_app, url_for


def public_address(endpoint: str, **values: Any) -> str:
    """The whole address of a page as the setting says we are called, whatever name this request asked for."""
    return current_app.extensions["settings"].public_url + url_for(endpoint, **values)
