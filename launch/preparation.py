"""Brings the database up to date and, the first time, loads the demo estate.

A program of its own, so that the supervisor stays small: what the application imports
is gone again before the servers start.
"""

from flask_migrate import upgrade

from app import create_app
from config import Settings
from launch.database import has_users


def main() -> None:
    """The first time is when nobody could sign in, unless the demo was removed on purpose."""
    settings = Settings.from_environment()
    app = create_app(settings)
    with app.app_context():
        upgrade()
        if not has_users(settings) and not settings.demo_removed.exists():
            app.cli.main(["demo", "load"], standalone_mode=False)


if __name__ == "__main__":
    main()
