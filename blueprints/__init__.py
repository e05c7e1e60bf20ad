"""Who asks, over HTTP: one folder for each place a person stands."""

from flask import Flask

from blueprints.account.views import bp as account
from blueprints.administration import bp as administration
from blueprints.attachments.views import bp as attachments
from blueprints.desk.views import bp as desk
from blueprints.health.views import bp as health
from blueprints.jobs.views import bp as jobs
from blueprints.notices.administration import bp as notices
from blueprints.phone import bp as phone
from blueprints.phones import bp as phones
from blueprints.pwa.views import bp as pwa
from blueprints.registration.views import bp as registration
from blueprints.residents import bp as residents
from blueprints.service_requests.views import bp as service_requests
from blueprints.sign_in.views import bp as sign_in
from blueprints.statistics.views import bp as statistics
from blueprints.sync import bp as sync

BLUEPRINTS = (
    account,
    administration,
    attachments,
    desk,
    health,
    jobs,
    notices,
    phone,
    phones,
    pwa,
    registration,
    residents,
    service_requests,
    sign_in,
    statistics,
    sync,
)


def init_app(app: Flask) -> None:
    """Every folder's pages become part of the application."""
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
