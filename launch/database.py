"""Brings the database up to date and, the first time, loads the demo estate.

A program of its own, so that the supervisor stays small: what the application imports
is gone again before the servers start.
"""

from flask_migrate import upgrade
from sqlalchemy import func, select

from app import create_app
from config import Settings
from extensions import db
from launch.welcome import remember_demo_accounts
from models import User


def main() -> None:
    """The first time is when nobody could sign in."""
    settings = Settings.from_environment()
    app = create_app(settings)
    with app.app_context():
        upgrade()
        if not db.session.scalar(select(func.count()).select_from(User)):
            app.cli.main(["demo", "load"], standalone_mode=False)
        names = db.session.scalars(select(User.username).where(User.is_demo).order_by(User.created_at)).all()
    remember_demo_accounts(settings, names)


if __name__ == "__main__":
    main()
