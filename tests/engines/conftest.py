"""The server, the network and the cast of the offline scenarios, before other browsers."""

from tests.offline.conftest import cast, gunicorn, job, network, password_hash, server  # noqa: F401
