"""The floor: the least a page of this kind can cost. Session, signed-in user, one indexed query of 50 rows, Jinja."""

from uuid import uuid4

from flask import Flask, render_template_string
from flask_login import LoginManager, current_user, login_required, login_user
from sqlalchemy import insert, select, update

import database
from config import Settings
from extensions import db
from models import ServiceRequest, User

PAGE = """<!doctype html><html lang="en"><head><title>Floor</title></head><body><h1>{{ user.name }}</h1><table>
{% for row in rows %}<tr id="{{ row.id }}"><td><a href="/rows/{{ row.id }}">{{ row.reference }}</a></td>
<td>{{ row.place }}</td><td>{{ row.words }}</td><td>{{ row.status.label }}</td><td>{{ row.registered_at }}</td>
<td>{{ row.caller_name }} {{ row.caller_phone }}</td><td class="{{ "x" * 100 }}"></td></tr>{% endfor %}
</table></body></html>"""

login_manager = LoginManager()
counter = db.Table(
    "bench_floor",
    db.Column("id", db.Uuid, primary_key=True),
    db.Column("words", db.Text),
)


def create_app() -> Flask:
    """An application of two views: GET /page and POST /write; POST /sign-in lets anybody in as the agent."""
    settings = Settings.from_environment()
    app = Flask(__name__)
    app.config.update(SECRET_KEY=settings.secret_key, SQLALCHEMY_DATABASE_URI=settings.database_url)
    db.init_app(app)
    login_manager.init_app(app)
    database.init_app(app)
    app.add_url_rule("/sign-in", view_func=sign_in, methods=["POST"])
    app.add_url_rule("/page", view_func=login_required(page))
    app.add_url_rule("/write", view_func=login_required(write), methods=["POST"])
    return app


@login_manager.user_loader
def load_user(remembered: str) -> User | None:
    """The user of the session, by the primary key."""
    return db.session.scalar(select(User).where(User.username == remembered))


def sign_in() -> str:
    """The agent, without a password: this application is only ever served to the bench."""
    user = db.session.scalars(select(User).where(User.username == "agent")).one()
    user.get_id = lambda: "agent"  # type: ignore[method-assign]
    login_user(user)
    return "in"


def page() -> str:
    """One indexed query of 50 rows, about 30 KB."""
    asked = select(ServiceRequest).where(ServiceRequest.site_id == current_user.site_id)
    rows = db.session.scalars(asked.order_by(ServiceRequest.registered_at.desc()).limit(50)).all()
    return render_template_string(PAGE, user=current_user, rows=rows)


def write() -> str:
    """The user's row was read; one row is written, one is changed: three statements and a commit."""
    id = uuid4()
    db.session.commit()
    db.session.connection(execution_options={"sqlite_begin": "IMMEDIATE"})
    db.session.execute(insert(counter).values(id=id, words="words"))
    db.session.execute(update(counter).where(counter.c.id == id).values(words="other words"))
    db.session.commit()
    return "written"


def prepare() -> None:
    """The table the floor writes to."""
    counter.create(db.engine, checkfirst=True)
