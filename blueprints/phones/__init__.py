from blueprints.phones import loading, photos, refused, views
from blueprints.phones.blueprint import bp

__all__ = ["bp", "loading", "photos", "refused", "views"]
