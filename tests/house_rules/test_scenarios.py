"""Every scenario of tests/offline/SCENARIOS.md is proved by a test that names its number."""

import ast
import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
FOLDER = TESTS / "offline"
ELSEWHERE = [*(TESTS / "engines").glob("*.py")]


def written():
    return {int(number) for number in re.findall(r"^(\d+)\. ", (FOLDER / "SCENARIOS.md").read_text(), re.MULTILINE)}


def proved():
    """The numbers in the docstrings of tests: `Scenario 7.`, `Scenarios 21 and 53.`"""
    for file in (*FOLDER.rglob("*.py"), *ELSEWHERE):
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                said = re.match(r"Scenarios? ([\d, and]+)", ast.get_docstring(node) or "")
                assert said or file in ELSEWHERE, f"{node.name} in {file.name} names no scenario"
                yield from map(int, re.findall(r"\d+", said[1] if said else ""))


def test_there_are_seventy_and_each_has_a_test():
    assert written() == set(range(1, 71))
    assert written() - set(proved()) == set()
