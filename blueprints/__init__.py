"""Who asks, over HTTP: one folder for each place a person stands."""

from flask import Flask

from blueprints.attachments.views import bp as attachments
from blueprints.desk.views import bp as desk
from blueprints.service_requests.views import bp as service_requests
from blueprints.sign_in.views import bp as sign_in

BLUEPRINTS = (
    attachments,
    desk,
    service_requests,
    sign_in,
)


def init_app(app: Flask) -> None:
    """Every folder's pages become part of the application."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
