"""What a phone needs to draw any of its pages without a network, whoever is signed in."""

from flask import url_for

from blueprints.assets import asset_url

ASSETS = ("css/phone.css", "icons.svg", "vendor/htmx.js", "js/phone.js")


def shell() -> list[str]:
    """The addresses a phone keeps: pages for when there is none, looks, icons, the script of every page."""
    return [url_for("pwa.offline"), url_for("pwa.signed_out"), *map(asset_url, ASSETS)]
