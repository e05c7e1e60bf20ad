"""The phones of technicians, heads, guards and everybody else who is on their feet."""

from flask import Blueprint

bp = Blueprint("phone", __name__, url_prefix="/phone")
