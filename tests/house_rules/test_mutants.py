"""What is broken on purpose to see whether the suite notices (tests/offline/mutants.py) can still be broken."""

from pathlib import Path

import pytest

from tests.offline.mutants import MUTANTS

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_mutant_finds_its_line_and_its_tests(mutant):
    assert mutant.old in (ROOT / mutant.file).read_text(), f"{mutant.file} has changed: say how to break it now."
    for test in mutant.tests:
        module, _, name = test.partition("::")
        path = ROOT / (module if module.startswith("tests/") else f"tests/offline/{module}.py")
        assert f"def {name}(" in path.read_text() if name else path.exists(), f"{test} is no test."


def test_there_are_at_least_twenty():
    assert len({mutant.name for mutant in MUTANTS}) >= 20
