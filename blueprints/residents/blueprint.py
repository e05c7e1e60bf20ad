"""The blueprint of the residents' pages; its routes are in the modules beside it."""

from flask import Blueprint

bp = Blueprint("residents", __name__, url_prefix="/residents")
