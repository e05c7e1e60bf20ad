from blueprints.administration import calendars, categories, overview, places, standards, users
from blueprints.administration.blueprint import bp

__all__ = ["bp", "calendars", "categories", "overview", "places", "standards", "users"]
