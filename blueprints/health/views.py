"""For whoever watches over the servers."""

from flask import Blueprint
from flask.typing import ResponseReturnValue

from blueprints.access import public
from extensions import limiter
from queries import health

bp = Blueprint("health", __name__)


@bp.get("/health")
@public
@limiter.exempt
def health_of_all() -> ResponseReturnValue:
    """Each part and whether it is fine; 503 when one is not."""
    parts = health.parts()
    answer = {"status": "ok" if all(parts.values()) else "failing", "parts": parts}
    return answer, 200 if all(parts.values()) else 503
