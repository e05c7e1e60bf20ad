"""The people and companies of the estate; the modules hang their routes on one blueprint."""

from blueprints.residents import editing, views
from blueprints.residents.blueprint import bp

__all__ = ["bp", "editing", "views"]
