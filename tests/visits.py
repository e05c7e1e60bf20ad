"""Somebody at a browser, without the browser."""

from contextvars import Context
from typing import Any

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from extensions import db
from models import User


class Visitor(FlaskClient):
    """Asks as a browser would: each request stands alone, and what the test holds is read anew after it.

    Flask lends the test's own application context to a request, and with it who is signed in; an empty context
    of Python's keeps two visitors of one test apart.
    """

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        response = Context().run(super().open, *args, **kwargs)
        db.session.rollback()
        return response


def signed_in(app: Flask, user: User) -> Visitor:
    """A browser in which this colleague has signed in."""
    visitor = Visitor(app, app.response_class)
    with visitor.session_transaction() as session:
        session["_user_id"], session["_fresh"] = user.get_id(), True
    return visitor
