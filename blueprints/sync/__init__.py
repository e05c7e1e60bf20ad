from blueprints.sync.blueprint import bp

__all__ = ["bp"]
