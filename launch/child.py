"""One program the supervisor keeps running: its own session, its output a pipe, and it never outlives its parent."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SHORTEST_WAIT, LONGEST_WAIT = 0.5, 30.0  # seconds before a dead child is started again
LIVED_WELL = 60.0  # seconds after which a death is not part of a series
PR_SET_PDEATHSIG = 1


@dataclass
class Child:
    """A program by the name a person sees before its lines."""

    name: str
    command: Sequence[str | Path]
    cwd: Path
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0
    deaths: int = 0
    start_again_at: float = 0.0
    unfinished_line: bytes = b""
    has_fallen_silent: bool = False

    def start(self) -> None:
        """Starts it in a session of its own, so that Ctrl-C reaches only us and we end things in order."""
        parent = os.getpid()
        self.process = subprocess.Popen(
            [str(word) for word in self.command],
            cwd=self.cwd,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: end_with(parent),
        )
        assert self.process.stdout is not None
        os.set_blocking(self.process.stdout.fileno(), False)
        self.started_at = time.monotonic()
        self.has_fallen_silent = False

    @property
    def is_running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def bury(self) -> str:
        """Takes note of a death and sets the time of the next start. Returns what to tell people."""
        assert self.process is not None
        lived = time.monotonic() - self.started_at
        self.deaths = 1 if lived > LIVED_WELL else self.deaths + 1
        wait = min(SHORTEST_WAIT * 2 ** (self.deaths - 1), LONGEST_WAIT)
        self.start_again_at = time.monotonic() + wait
        end = ended_by(self.process.returncode)
        self.process = None
        return f"{end}; starting it again in {wait:g} s"

    def lines(self) -> list[str]:
        """The whole lines it has written since we last asked."""
        assert self.process is not None and self.process.stdout is not None
        said = self.process.stdout.read()  # None: nothing yet; nothing at all: never again
        self.has_fallen_silent = said == b""
        self.unfinished_line += said or b""
        *whole, self.unfinished_line = self.unfinished_line.split(b"\n")
        return [line.decode(errors="replace") for line in whole]

    def ask_to_end(self) -> None:
        if self.is_running:
            assert self.process is not None
            self.process.terminate()

    def kill(self) -> None:
        """Ends it and what it started, without asking."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return
            self.process.wait()


def end_with(parent: int) -> None:
    """Runs in the child before its program: the kernel ends it when the parent does, even by kill -9 (Linux only)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
        if os.getppid() != parent:
            os._exit(1)


def ended_by(returncode: int) -> str:
    return f"ended by signal {-returncode}" if returncode < 0 else f"ended with status {returncode}"
