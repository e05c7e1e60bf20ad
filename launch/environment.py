"""Makes `.venv` and installs the Python packages into it. Runs before either exists: standard library only."""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from launch.progress import SetUpFailed, run

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "installed"


def enter(module: str, requirements: str) -> None:
    """Becomes `python -m module` inside `.venv`, which is first brought up to this requirements file."""
    os.chdir(ROOT)
    try:
        with one_at_a_time():
            install(requirements)
    except SetUpFailed as problem:
        sys.exit(f"\n{problem}")
    except KeyboardInterrupt:
        sys.exit("\nStopped.")
    os.execv(PYTHON, [str(PYTHON), "-m", module, *sys.argv[1:]])


def install(requirements: str) -> None:
    """Installs what the file (and requirements.txt, which it includes) pins, unless that is done already."""
    wanted = {name: digest(ROOT / name) for name in dict.fromkeys([requirements, "requirements.txt"])}
    if PYTHON.exists() and all(stamp(name) == wanted[name] for name in wanted):
        return
    make_venv()
    pip("Installing the Python packages", "--requirement", requirements)
    STAMPS.mkdir(exist_ok=True)
    for name, value in wanted.items():
        (STAMPS / name).write_text(value)


def make_venv() -> None:
    """Makes `.venv` with this Python, or again when it is broken (its Python removed, its making interrupted)."""
    if PYTHON.exists() and not subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode:
        return
    try:
        run("Making .venv", [sys.executable, "-m", "venv", "--clear", VENV], cwd=ROOT)
    except SetUpFailed as problem:
        hint = "On Debian and Ubuntu the module venv is a package of its own: apt-get install python3-venv"
        raise SetUpFailed(f"{problem}\n\n{hint}") from problem


def pip(title: str, *arguments: str) -> None:
    """Installs packages into `.venv`."""
    options = ["--disable-pip-version-check", "--no-input", "--progress-bar", "off"]
    run(title, [PYTHON, "-m", "pip", "install", *options, *arguments], cwd=ROOT)


def stamp(name: str) -> str | None:
    """What was installed from this file last time."""
    path = STAMPS / name
    return path.read_text() if path.exists() else None


def digest(*paths: Path) -> str:
    """Changes when one of the files does, or the Python that runs us."""
    total = hashlib.sha256(sys.version.encode())
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Two commands started at once on one clone must not install into each other's feet: the second waits."""
    descriptor = os.open(ROOT, os.O_RDONLY)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            print("  Waiting for another bin/serve or bin/test that is setting up ...", flush=True)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
