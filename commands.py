"""The commands of `flask`: one group for each noun."""

from flask import Flask


def init_app(app: Flask) -> None:
    """Hang the commands on the application."""
