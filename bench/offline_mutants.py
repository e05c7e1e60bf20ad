"""Does the suite notice? `python -m bench.offline_mutants [words of a name …]` breaks the product, line by line.

First the named tests run on a copy as it is and must pass; then each mutant of tests/offline/mutants.py is made in it,
and a test named for it must fail. Ends with 1 when one lives.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue

from config import ROOT
from tests.offline.mutants import MUTANTS, Mutant

SHARED = (".venv", "node_modules")
LEFT_OUT = (*SHARED, ".git", "instance", "__pycache__", ".*_cache", "*.tmp", "*.orig")
QUICK = ("-q", "-n", "0", "-p", "no:cacheprovider")
PASSED, FAILED = 0, 1  # what pytest ends with; anything else says nothing about a mutant
PATIENCE = 1800  # seconds
Copies = SimpleQueue[Path]


def main() -> None:
    """All of them, or those whose names contain one of the words given."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("names", nargs="*")
    asked.add_argument("--at-once", type=int, default=1, help="copies that are tested at the same time")
    options = asked.parse_args()
    chosen = [one for one in MUTANTS if not options.names or any(name in one.name for name in options.names)]
    with tempfile.TemporaryDirectory(prefix="yingda-mutants-") as folder, ThreadPoolExecutor(options.at_once) as pool:
        copies: Copies = SimpleQueue()
        for number in range(options.at_once):
            copies.put(copy_of_the_product(Path(folder) / str(number)))
        tests = sorted({test for one in chosen for test in one.tests})
        red = red_anyhow(tests, copies)
        tried_ones = [one for one in chosen if not red.intersection(map(address, one.tests))]
        caught = [failure for failure in pool.map(lambda one: tried(one, copies), tried_ones) if failure]
    print(f"{len(caught)} of {len(chosen)} caught; {len(chosen) - len(tried_ones)} not tried")
    sys.exit(0 if len(caught) == len(chosen) else 1)


def copy_of_the_product(folder: Path) -> Path:
    """The working tree with its tests; packages are shared."""
    shutil.copytree(ROOT, folder, ignore=shutil.ignore_patterns(*LEFT_OUT))
    for name in SHARED:
        (folder / name).symlink_to(ROOT / name)
    return folder


def tried(mutant: Mutant, copies: Copies) -> str:
    """What failed with the mutant in place; nothing when it lives. Prints its line of the table."""
    begun = time.monotonic()
    failure = failure_of(mutant, copies)
    seconds = time.monotonic() - begun
    print(f"{'caught' if failure else 'ALIVE ':7} {seconds:4.0f} s  {mutant.name:60} {failure[:110]}", flush=True)
    return failure


def red_anyhow(tests: Sequence[str], copies: Copies) -> set[str]:
    """The addresses of tests that fail without any mutant: such a test catches nothing."""
    said = pytest(copies, tests).stdout
    red = set(re.findall(r"^FAILED (\S+?)(?:\[| |$)", said, re.MULTILINE))
    print(f"{len(tests) - len(red)} tests pass as it is; now each mutant", flush=True)
    for one in sorted(red):
        print(f"FAILS WITHOUT ANY MUTANT: {one}", flush=True)
    return red


def failure_of(mutant: Mutant, copies: Copies) -> str:
    """The first failure of its tests in one line, or ""."""
    run = pytest(copies, mutant.tests, mutant, "-x")
    said = [line for line in run.stdout.splitlines() if line.startswith("E  ")]
    return (said or ["E   failed"])[0][4:].strip() if run.returncode == FAILED else ""


def pytest(
    copies: Copies, tests: Sequence[str], mutant: Mutant | None = None, *more: str
) -> subprocess.CompletedProcess[str]:
    """Runs the tests in a copy, with the mutant if there is one.

    Raises LookupError when the line to be broken is not there (any more), RuntimeError when pytest itself broke.
    """
    copy = copies.get()
    try:
        broken = broken_in(copy, mutant) if mutant else None
        command = [sys.executable, "-m", "pytest", *QUICK, *more, *map(address, tests)]
        environment = os.environ | {"PYTHONPATH": str(copy), "PYTHONDONTWRITEBYTECODE": "1"}
        run = subprocess.run(command, cwd=copy, env=environment, capture_output=True, text=True, timeout=PATIENCE)
        if broken:
            broken.path.write_text(broken.text)
    finally:
        copies.put(copy)
    if run.returncode not in (PASSED, FAILED):
        raise RuntimeError(f"pytest broke on {tests}:\n{run.stdout[-3000:]}{run.stderr[-1000:]}")
    return run


@dataclass(frozen=True)
class Broken:
    """A file with its text from before."""

    path: Path
    text: str


def broken_in(copy: Path, mutant: Mutant) -> Broken:
    """Makes the mutant. Raises LookupError."""
    path = copy / mutant.file
    text = path.read_text()
    if mutant.old not in text:
        raise LookupError(f"{mutant.name}: {mutant.file} has no {mutant.old!r}; write down what took its place.")
    path.write_text(text.replace(mutant.old, mutant.new, 1))
    return Broken(path, text)


def address(test: str) -> str:
    """Where pytest finds a test."""
    return test if test.startswith("tests/") else "tests/offline/{}.py::{}".format(*test.split("::"))


if __name__ == "__main__":
    main()
