"""Whatever is asked of the worker exists, and a task leaves the thinking to an action."""

import ast
from pathlib import Path

import pytest

from worker import tasks
from worker.schedule import TIMETABLE

ROOT = Path(__file__).parents[2]
ASKERS = [file for room in ("actions", "blueprints", "queries", "worker") for file in (ROOT / room).rglob("*.py")]
BODIES = {
    node.name: node
    for node in ast.parse(Path(tasks.__file__).read_text()).body
    if isinstance(node, ast.FunctionDef) and [ast.unparse(decorator) for decorator in node.decorator_list] == ["task"]
}


def asked_for(file):
    """The names written down in ring("…") and in later("…") where that is the one of extensions."""
    tree = ast.parse(file.read_text())
    imported = {
        alias.asname or alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module in ("extensions", "actions.unit_of_work")
        for alias in node.names
    }
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id in imported & {"later", "ring"}
        ):
            yield from (arg.value for arg in node.args[:1] if isinstance(arg, ast.Constant))


def test_every_task_asked_for_exists():
    names = {name for file in ASKERS for name in asked_for(file)}
    assert {"tell", "send"} <= names <= set(BODIES)


def test_the_timetable_names_tasks_that_exist_once_each():
    names = [entry.task for entry in TIMETABLE]
    assert set(names) <= set(BODIES)
    assert len(names) == len(set(names))


def test_every_task_is_in_the_timetable_so_that_a_silent_redis_loses_nothing():
    assert set(BODIES) == {entry.task for entry in TIMETABLE}


@pytest.mark.parametrize("name", BODIES)
def test_the_body_of_a_task_is_one_line(name):
    (line,) = BODIES[name].body
    assert line.end_lineno == line.lineno
