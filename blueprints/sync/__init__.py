from blueprints.sync import departure, directory, photos, plan, withdrawal
from blueprints.sync.blueprint import bp

__all__ = ["bp", "departure", "directory", "photos", "plan", "withdrawal"]
