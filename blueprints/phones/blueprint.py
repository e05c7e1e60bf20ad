"""The phones of one's people, and what they could not deliver, as those who lead these people see it."""

from flask import Blueprint

bp = Blueprint("phones", __name__, url_prefix="/phones")
