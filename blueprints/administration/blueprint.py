"""Where an administrator sets the house up: people, deadlines, working hours, categories."""

from flask import Blueprint

bp = Blueprint("administration", __name__, url_prefix="/administration")
