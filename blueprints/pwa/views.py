"""What makes the phone pages an application on the phone: the service worker, the manifest, the page for no network."""

import json

from flask import Blueprint, Response, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.access import public, requires
from blueprints.assets import asset_url, build
from blueprints.navigation import home_of
from blueprints.pwa.shell import shell
from domain.lifecycle import ACTIONS
from domain.permissions import Permission

bp = Blueprint("pwa", __name__)

ICONS = (("phone-192", 192, "any"), ("phone-512", 512, "any"), ("phone-maskable-512", 512, "maskable"))
INDIGO = "#3446b4"


@bp.get("/sw.js")
@public
def worker() -> ResponseReturnValue:
    """The service worker of the phone pages: another build is another text, which is how a phone learns of it."""
    told = {"build": build(), "shell": shell(), "actions": [name for name, row in ACTIONS.items() if row.offline]}
    script = f'import {{ start }} from "{asset_url("js/worker.js")}";\n\nstart({json.dumps(told, indent=1)});\n'
    return Response(script, mimetype="text/javascript", headers={"Cache-Control": "no-cache"})


@bp.get("/manifest.webmanifest")
@public
def manifest() -> ResponseReturnValue:
    """What the home screen shows, and where it begins."""
    icons = [
        {"src": asset_url(f"icons/{name}.png"), "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose}
        for name, size, purpose in ICONS
    ]
    told = {
        "id": url_for(".start"),
        "name": _("Yingda"),
        "short_name": _("Yingda"),
        "lang": str(get_locale()).replace("_", "-"),
        "start_url": url_for(".start"),
        "scope": "/",
        "display": "standalone",
        "background_color": "#ffffff",
        "theme_color": INDIGO,
        "icons": icons,
    }
    answer = Response(json.dumps(told, ensure_ascii=False), mimetype="application/manifest+json")
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/phone/start")
@requires(Permission.USE_ACCOUNT)
def start() -> ResponseReturnValue:
    """Where the icon on the home screen leads; without a network the worker knows the way by itself."""
    return redirect(home_of(current_user))


@bp.get("/phone/offline")
@public
def offline() -> ResponseReturnValue:
    """There is no network, and the page that was wanted is not on this phone. The same for everybody."""
    return render_template("phone/offline.html")


@bp.get("/phone/signed-out")
@public
def signed_out() -> ResponseReturnValue:
    """Somebody signed out where nobody could hear it."""
    return render_template("phone/signed_out.html")
