"""Phones before the real product: `phone()` opens one, `network` is what lies between, `server` what they reach.

OFFLINE: the scenarios carry their numbers in their docstrings; see test_numbers.py.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import pytest
from playwright.sync_api import BrowserContext
from sqlalchemy import update

from actions.passwords import set_password
from config import Settings
from extensions import db
from launch import browser
from models import User
from tests.factories import dispatched
from tests.offline import chromium
from tests.offline.faults import Network
from tests.offline.phone import PASSWORD, Phone
from tests.offline.server import Server
from tests.offline.wire import Wire
from tests.visits import signed_in


@pytest.fixture(scope="session")
def browser_type_launch_args():
    return {"executable_path": browser.executable(), "args": chromium.ARGUMENTS}


@pytest.fixture(scope="session")
def password_hash(application):
    """The one password of everybody, kept as the product keeps it."""
    user = User(session_epoch=0)
    with application.app_context():
        set_password(user, PASSWORD)
    return user.password_hash


@pytest.fixture(scope="session")
def gunicorn(settings: Settings, application) -> Iterator[Server]:
    """The product, on the database and the Redis of this worker's tests."""
    server = Server(settings).start()
    yield server
    server.kill()


@pytest.fixture
def server(gunicorn: Server) -> Iterator[Server]:
    """The same; a test may stop it, kill it or have another release served. What it logs stands below a failure."""
    tree, said = gunicorn.tree, gunicorn.log.stat().st_size
    yield gunicorn
    print(gunicorn.log.read_text()[said:])
    if gunicorn.process is None or gunicorn.tree != tree:
        gunicorn.restart(tree)


@pytest.fixture
def cast(cast, password_hash):
    """Everybody can sign in."""
    db.session.execute(update(User).values(password_hash=password_hash))
    db.session.commit()
    return cast


@pytest.fixture
def network(server: Server) -> Iterator[Network]:
    network = Network(server.port)
    yield network
    network.close()


def session_of(app, user):
    """The cookie this colleague's browser holds."""
    name, visitor = app.config["SESSION_COOKIE_NAME"], signed_in(app, user)
    with visitor.session_transaction() as session:
        session.permanent = True
    return {"name": name, "value": visitor.get_cookie(name).value}


@pytest.fixture
def phone(app, playwright, new_context, network, tmp_path) -> Iterator[Callable[..., Phone]]:
    """`phone()` opens a browser, `phone(technician)` that of a colleague; with `restarts=True` it remembers.

    No page may break.
    """
    opened: list[Phone] = []

    def open_phone(
        user: Any = None, *, restarts: bool = False, more: Sequence[str] = (), network: Network = network
    ) -> Phone:
        profile = tmp_path / f"phone-{len(opened)}" if restarts else None

        def launch() -> BrowserContext:
            return chromium.context_of(playwright, profile, more) if profile else new_context(**chromium.SCREEN)

        phone = Phone(network, launch, profile)
        opened.append(phone)
        return phone.begin_shift(user, session_of(app, user)) if user is not None else phone

    yield open_phone
    network.mend()
    for phone in opened:
        phone.close()
    assert not [said for phone in opened for said in phone.said], "A page broke."


@pytest.fixture
def wire(app, server) -> Callable[[Any], Wire]:
    """`wire(technician)`: a phone's requests without the phone."""

    def to(user: Any) -> Wire:
        return Wire(server.port, str(user.id), "{name}={value}".format(**session_of(app, user)))

    return to


@pytest.fixture
def job(cast) -> Any:
    """A leak, dispatched to the technician."""
    return dispatched(cast)[1]


@pytest.fixture
def other_job(cast) -> Any:
    """Another one of his."""
    return dispatched(cast, words="水龙头滴水", unit_id=str(cast.next_door.id))[1]
