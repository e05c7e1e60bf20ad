"""A server under measurement: gunicorn with the settings the product is served with."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[1]
SETTINGS = ("--config=python:launch.web", "--log-level=error")  # product and floor as the product is served
SIZE = {"WEB_WORKERS": "2", "WEB_THREADS": "4"}


@contextmanager
def served(application: str, environ: dict[str, str]) -> Iterator[int]:
    """The application on a free port, until the end of the block. Yields the port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", *SETTINGS, f"--bind=127.0.0.1:{port}", application]
    server = subprocess.Popen(command, cwd=ROOT, env=os.environ | SIZE | environ, stderr=subprocess.DEVNULL)
    try:
        wait_for(port, server)
        yield port
    finally:
        server.terminate()
        server.wait(20)


def wait_for(port: int, server: subprocess.Popen[bytes]) -> None:
    """Until it listens. Raises RuntimeError when it ended or took longer than half a minute."""
    for _ in range(300):
        if server.poll() is not None:
            break
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError("the server under measurement did not start")


def memory_of(pattern: str) -> list[float]:
    """The proportional memory (MB) of every process whose command line has this in it."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if pattern in (folder / "cmdline").read_text():
                rollup = (folder / "smaps_rollup").read_text()
                found.append(int(rollup.split("Pss:")[1].split()[0]) / 1024)
        except (OSError, IndexError):
            continue
    return found
