"""The headers every answer carries."""

from flask import Flask, Response, current_app, request
from flask_login import current_user
from werkzeug.middleware.proxy_fix import ProxyFix

from blueprints.assets import build

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)


def init_app(app: Flask) -> None:
    """Believe as many proxies as there are, and add our headers to every answer."""
    proxies = app.extensions["settings"].trusted_proxies
    if proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, proxies, proxies, proxies, proxies)  # type: ignore[method-assign]
    app.after_request(add_headers)


def add_headers(response: Response) -> Response:
    """No inline script or style, no frame, no sniffing; nothing personal is kept by a browser or a proxy."""
    headers = response.headers
    if response.status_code == 204:  # there is nothing to protect, and a refresh asks for it all day long
        headers["Cache-Control"] = "no-store"
        return response
    if current_user.is_authenticated:  # a phone keeps a page only for whom it was drawn, and sees that we are newer
        headers["X-Phone-User"], headers["X-Build"] = str(current_user.id), build()
    headers["Content-Security-Policy"] = POLICY
    headers["X-Content-Type-Options"] = "nosniff"
    headers["Referrer-Policy"] = "same-origin"
    headers["Cross-Origin-Opener-Policy"] = "same-origin"
    headers["Permissions-Policy"] = "geolocation=(), microphone=(), camera=(self)"
    headers.setdefault("Cache-Control", "no-store")
    if current_app.config["SESSION_COOKIE_SECURE"] and request.is_secure:
        headers["Strict-Transport-Security"] = "max-age=31536000"
    return response
