"""bin/test runs every part whatever fails, and takes no test that did not run for one that passed."""

import sys

import pytest

from launch import browser
from launch import test as whole
from launch.test import Part, counted, everything


@pytest.fixture
def part(tmp_path):
    """`part("def test_it(): pass")`: a run of pytest on this source, done."""

    def run(source):
        (tmp_path / "test_it.py").write_text(f"import pytest\n{source}")
        command = [sys.executable, "-m", "pytest", "-q", f"--rootdir={tmp_path}", str(tmp_path)]
        report = tmp_path / "report.xml"
        alone = {"PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        one = Part("it", [*command, "-c", "/dev/null", f"--junitxml={report}"], alone, report)
        one.run()
        return one

    return run


def test_a_part_passes_when_all_its_tests_ran_and_passed(part):
    one = part("def test_it(): pass")
    assert one.passed
    assert one.verdict == "passed  (1 tests)"
    assert one.seconds > 0


@pytest.mark.parametrize("mark", ["skip(reason='later')", "xfail"])
def test_a_test_that_did_not_count_fails_its_part(part, mark):
    one = part(f"@pytest.mark.{mark}\ndef test_it(): assert 0")
    assert not one.passed
    assert one.verdict == "FAILED  (1 tests, 1 skipped)"


def test_a_failure_and_an_empty_run_fail_their_part(part):
    assert part("def test_it(): assert 0").verdict == "FAILED  (1 tests, 1 failures)"
    assert not part("").passed


def test_a_run_that_died_before_its_report_counts_nothing(tmp_path):
    assert counted(tmp_path / "no-report.xml") == {}


def test_the_whole_is_checked_typed_and_run_on_both_databases():
    titles = [part.title for part in everything(whole.DATABASES)]
    assert titles[:4] == ["ruff", "ruff format", "mypy", "djlint"]
    assert {"tests on sqlite", "tests on postgresql", "browser journeys on sqlite"} <= set(titles)
    chosen = {part.environment["YINGDA_TEST_DATABASE"] for part in everything(whole.DATABASES) if part.report}
    assert chosen == {"sqlite", "postgresql"}


def test_a_machine_that_cannot_have_the_other_engines_says_why(monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(browser.OutOfReach, match="firefox-esr, webkit2gtk-driver, xvfb"):
        browser.install_engines()
