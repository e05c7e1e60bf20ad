"""Real processes for the tests of launch/: started in a session of their own, and looked for afterwards."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import contextmanager
from threading import Timer

import psutil

from config import ROOT

PATIENCE = 90  # seconds until a condition is given up; only reached when something is wrong
LIFETIME = 240  # seconds after which a program is killed, so that a test fails instead of waiting for ever


@contextmanager
def program(*words, **environment):
    """A Python program whose lines can be read; killed at the end if it still runs."""
    process = subprocess.Popen(
        [sys.executable, *map(str, words)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    end = Timer(LIFETIME, process.kill)
    end.start()
    try:
        yield process
    finally:
        end.cancel()
        process.kill()
        process.wait()
        process.stdout.close()


def line_with(process, words: str) -> str:
    """The next line of this program that holds the words."""
    said = []
    for line in process.stdout:
        said.append(line)
        if words in line:
            return line.strip()
    raise AssertionError(f"It never said {words!r}, only:\n{''.join(said)}")


def eventually(condition: Callable[[], object]) -> bool:
    """Whether the condition comes to hold."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.02)
    return True


def is_alive(pid: int) -> bool:
    """Whether the process runs; one that ended and waits to be collected does not."""
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def descendants(pid: int) -> set[int]:
    """The processes this one started, and those they started."""
    return {process.pid for process in psutil.Process(pid).children(recursive=True)}
