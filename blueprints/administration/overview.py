"""The first page of the settings: what there is to set, and who changed what lately."""

from datetime import UTC, datetime

from flask import render_template
from flask.typing import ResponseReturnValue
from flask_login import current_user

from blueprints.access import requires
from blueprints.administration.blueprint import bp
from domain.accounts import ENTRIES
from domain.permissions import Permission
from queries import administration, sites, user_list


@bp.get("")
@requires(Permission.ADMINISTER)
def overview() -> ResponseReturnValue:
    """The rooms of the administration."""
    return render_template(
        "administration/overview.html",
        counts=user_list.counts(current_user, now=datetime.now(UTC)),
        sites=sites.administered_by(current_user),
        entries=administration.entries(current_user),
        labels=ENTRIES,
    )
