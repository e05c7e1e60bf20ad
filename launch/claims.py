"""What this process claims for itself before anything is started: the port and the data folder."""

import fcntl
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from config import Settings
from launch.progress import SetUpFailed


def refuse_taken_port(settings: Settings) -> None:
    """Raises SetUpFailed when we may not listen where we are told to; before anything has been started."""
    with socket.socket(socket.AF_INET6 if ":" in settings.host else socket.AF_INET) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((settings.host, settings.port))
        except OSError as problem:
            raise SetUpFailed(
                f"Cannot listen on {settings.host}, port {settings.port}: {problem.strerror}.\n"
                f"Stop the program that has it, or choose another port: PORT={settings.port + 1} bin/serve"
            ) from problem


@contextmanager
def only_one(settings: Settings) -> Iterator[None]:
    """Holds the data folder for this process, also against a second bin/serve. Raises SetUpFailed for that one."""
    with (settings.data_folder / "serve.lock").open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            raise SetUpFailed(
                f"Yingda already runs on {settings.data_folder}: {lock.read().strip()}.\n"
                "Stop it, or give this one a folder of its own: YINGDA_DATA=another-folder bin/serve"
            ) from None
        lock.truncate(0)
        lock.write(f"process {os.getpid()}, {settings.public_url}\n")
        lock.flush()
        yield
