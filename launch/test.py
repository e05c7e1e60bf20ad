"""What bin/test does once its packages are there: runs every part, whatever fails, and says how long each took."""

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from launch import browser
from launch.environment import ROOT, VENV
from launch.progress import SetUpFailed
from launch.serve import set_up

DATABASES = ("sqlite", "postgresql")
JOURNEYS, SCENARIOS, ENGINES = "tests/browser", "tests/offline", "tests/engines"
SET_ASIDE = [f"--ignore={folder}" for folder in (JOURNEYS, SCENARIOS, ENGINES)]  # parts of their own
# As many at once as there are processors; our Redis for tests has room for eight.
PARALLEL = ("-n", "logical", "--maxprocesses", "8", "--dist", "worksteal", "-q")
# Whoever drives a browser often waits, for it, for a network or for a clock: twice as many.
BROWSERS = (*PARALLEL, "-n", str(2 * (os.cpu_count() or 1)))
# A browser on a busy machine may stumble once; a test that needed its second try is named in the end.
SECOND_TRY = ("--reruns", "1", "-rR")
REPORTS = VENV / "reports"
BUDGETED = ("actions", "blueprints", "domain", "forms", "launch", "models", "queries", "worker")


@dataclass
class Part:
    """One command of the whole: it passes when its command does and nothing in it was skipped."""

    title: str
    command: Sequence[str]
    environment: dict[str, str] = field(default_factory=dict)
    report: Path | None = None
    seconds: float = 0.0
    verdict: str = "did not run to its end"
    passed: bool = False

    def run(self) -> None:
        print(f"\n== {self.title}", flush=True)
        if self.report:
            self.report.parent.mkdir(exist_ok=True)
            self.report.unlink(missing_ok=True)
        begun = time.monotonic()
        status = subprocess.run(self.command, cwd=ROOT, env={**os.environ, **self.environment}).returncode
        self.seconds = time.monotonic() - begun
        counts = counted(self.report) if self.report else {}
        self.passed = status == 0 and not counts.get("skipped")
        found = ", ".join(f"{number} {word}" for word, number in counts.items() if number or word == "tests")
        self.verdict = ("passed" if self.passed else "FAILED") + (f"  ({found})" if found else "")


def main() -> None:
    options, pytest_arguments = arguments()
    try:
        set_up()
        browser.install_engines() if options.engines else browser.install()
    except browser.OutOfReach as reason:
        print(f"\nFirefox and WebKitGTK cannot be had here, so nothing was tested in them. {reason}")
        sys.exit(os.EX_UNAVAILABLE)
    except SetUpFailed as problem:
        sys.exit(f"\n{problem}")
    databases = DATABASES if options.database == "both" else [options.database]
    if options.engines:
        parts = [pytest("main path in Firefox and WebKit", "sqlite", [*PARALLEL, *SECOND_TRY, ENGINES])]
    elif pytest_arguments:
        parts = [pytest(f"pytest on {name}", name, pytest_arguments) for name in databases]
    else:
        parts = everything(databases)
    try:
        for part in parts:
            part.run()
    except KeyboardInterrupt:
        print("\nStopped.")
    if not pytest_arguments and not options.engines:
        print_longest_modules()
    print_summary(parts)
    sys.exit(0 if all(part.passed for part in parts) else 1)


def arguments() -> tuple[argparse.Namespace, list[str]]:
    """Our two options, and what is meant for pytest."""
    parser = argparse.ArgumentParser(
        prog="bin/test",
        description="Runs every check and every test. With arguments for pytest (a path, -k, -n 2): those only.",
        allow_abbrev=False,
    )
    parser.add_argument("--database", choices=[*DATABASES, "both"], help="default: both; sqlite for a part")
    parser.add_argument("--engines", action="store_true", help="only the main path of a phone in Firefox and WebKitGTK")
    options, rest = parser.parse_known_args()
    options.database = options.database or ("sqlite" if rest else "both")
    return options, rest


def everything(databases: Sequence[str]) -> list[Part]:
    """All parts, the quickest to fail first. Journeys run on the first database, those that write most on each."""
    tool = str(VENV / "bin") + "/"
    return [
        Part("ruff", [f"{tool}ruff", "check"]),
        Part("ruff format", [f"{tool}ruff", "format", "--check"]),
        Part("mypy", [f"{tool}mypy"]),
        Part("djlint", [f"{tool}djlint", "templates", "--lint", "--quiet"]),
        *(pytest(f"tests on {name}", name, [*PARALLEL, *SET_ASIDE]) for name in databases),
        pytest(f"browser journeys on {databases[0]}", databases[0], [*BROWSERS, *SECOND_TRY, JOURNEYS]),
        pytest(f"offline scenarios on {databases[0]}", databases[0], [*BROWSERS, *SECOND_TRY, SCENARIOS]),
        *(
            pytest(f"main journey on {name}", name, [*BROWSERS, *SECOND_TRY, "-m", "on_both", JOURNEYS, SCENARIOS])
            for name in databases[1:]
        ),
    ]


def pytest(title: str, database: str, arguments: Sequence[str]) -> Part:
    """A run of pytest on one database, with a report from which we count."""
    report = REPORTS / f"{title.replace(' ', '-')}.xml"
    command = [sys.executable, "-m", "pytest", f"--junitxml={report}", *arguments]
    return Part(title, command, {"YINGDA_TEST_DATABASE": database}, report)


def counted(report: Path) -> dict[str, int]:
    """How many tests ran, failed, and did not run at all (skipped, or expected to fail)."""
    if not report.exists():
        return {}
    suites = list(ElementTree.parse(report).getroot().iter("testsuite"))
    words = ("tests", "failures", "errors", "skipped")
    return {word: sum(int(suite.get(word, 0)) for suite in suites) for word in words}


def print_longest_modules() -> None:
    """The ten modules next to be split: about 100 lines are wanted, 250 never."""
    paths = [path for folder in BUDGETED for path in (ROOT / folder).rglob("*.py")]
    lengths = sorted(((len(path.read_text().splitlines()), path) for path in paths), reverse=True)
    print("\n== the longest modules")
    for length, path in lengths[:10]:
        print(f"{length:6}  {path.relative_to(ROOT)}")


def print_summary(parts: Sequence[Part]) -> None:
    print("\n== summary")
    for part in parts:
        print(f"{part.seconds:7.1f} s  {part.title:<32} {part.verdict}")
    print(f"{sum(part.seconds for part in parts):7.1f} s  in all", flush=True)


if __name__ == "__main__":
    main()
