"""What a phone asks of us by itself, and a desk has no use for."""

from flask import Blueprint

bp = Blueprint("sync", __name__, url_prefix="/phone")
