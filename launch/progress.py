"""What a person sees while waiting: one line per step, its latest output on a terminal, and how long it took."""

import shutil
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

LINES_SHOWN_OF_A_FAILURE = 25


class SetUpFailed(Exception):
    """The machine lacks something, or a command failed. The message tells a person what to do."""


@contextmanager
def step(title: str) -> Iterator[None]:
    """Prints the title, and behind it the seconds it took."""
    begun = time.monotonic()
    print(f"  {title} ...", end="", flush=True)
    try:
        yield
    except BaseException:
        print(f"\r\033[K  {title}: failed" if sys.stdout.isatty() else " failed", flush=True)
        raise
    took = f"{time.monotonic() - begun:.1f} s"
    print(f"\r\033[K  {title}: {took}" if sys.stdout.isatty() else f" {took}", flush=True)


def run(title: str, command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str] | None = None) -> None:
    """Runs a command as one step. Raises SetUpFailed with the end of its output if it fails or does not exist."""
    last_lines: deque[str] = deque(maxlen=LINES_SHOWN_OF_A_FAILURE)
    with step(title):
        try:
            process = subprocess.Popen(
                [str(word) for word in command],
                cwd=cwd,
                env=env,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
                errors="replace",
            )
        except OSError as problem:
            raise SetUpFailed(f"{title} failed: {problem}") from problem
        with process, ended_with_us(process):
            assert process.stdout is not None
            for line in process.stdout:
                last_lines.append(line.rstrip())
                show(f"  {title} ... {line.strip()}")
        if process.returncode:
            raise SetUpFailed("\n".join([f"{title} failed. The end of what it said:", "", *last_lines]))


@contextmanager
def ended_with_us(process: subprocess.Popen[str]) -> Iterator[None]:
    """A step that is interrupted does not wait for its command to end by itself."""
    try:
        yield
    except BaseException:
        process.terminate()
        raise


def show(text: str) -> None:
    """Writes over the line of the running step; a log file gets no such lines."""
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns - 1
        print(f"\r\033[K{text[:width]}", end="", flush=True)
