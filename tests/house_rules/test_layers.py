"""The layering rule of docs/architecture.md. This table is the rule; the rest only reads it."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAY_IMPORT = {
    "domain": set(),
    "models": {"domain", "extensions"},
    "queries": {"domain", "extensions", "models"},
    "actions": {"domain", "extensions", "models", "queries"},
    "forms": {"domain", "queries"},
    "blueprints": {"domain", "extensions", "queries", "actions", "forms"},
    "worker": {"domain", "extensions", "queries", "actions", "app", "config"},
}
ROOMS = {*MAY_IMPORT, "app", "config", "extensions"}
FILES = [file for room in MAY_IMPORT for file in sorted((ROOT / room).rglob("*.py"))]
BLUEPRINTS = sorted((ROOT / "blueprints").glob("*/*.py"))
# The wall's own modules: they wire what HTTP needs, and ask for nothing but the engine and the present moment.
WIRING = {"blueprints/request_log.py": {"models"}, "blueprints/display.py": {"models"}}


def name_of(file):
    return str(file.relative_to(ROOT))


def imports_of(file):
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.ImportFrom):
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_a_room_imports_only_from_the_rooms_below_it(file):
    room = file.relative_to(ROOT).parts[0]
    allowed = MAY_IMPORT[room] | {room} | WIRING.get(name_of(file), set())
    strangers = {name.split(".")[0] for name in imports_of(file)} & ROOMS - allowed
    assert not strangers, f"{room} must not import {strangers}"


@pytest.mark.parametrize("file", BLUEPRINTS, ids=name_of)
def test_a_place_people_stand_does_not_know_the_others(file):
    others = {f"blueprints.{folder.name}" for folder in (ROOT / "blueprints").iterdir() if folder.is_dir()}
    others.discard(f"blueprints.{file.parent.name}")
    assert not {".".join(name.split(".")[:2]) for name in imports_of(file)} & others


@pytest.mark.parametrize("file", FILES, ids=name_of)
def test_only_the_doors_have_heard_of_http(file):
    room = file.relative_to(ROOT).parts[0]
    heard = {name.split(".")[0] for name in imports_of(file)} & {"flask", "werkzeug"}
    assert room in ("blueprints", "worker") or not heard  # the worker runs inside the application


@pytest.mark.parametrize("file", [f for f in FILES if f.parts[-2] != "blueprints"], ids=name_of)
def test_imports_stand_at_the_top(file):
    tree = ast.parse(file.read_text())
    inside = [n for f in ast.walk(tree) if isinstance(f, ast.FunctionDef) for n in ast.walk(f)]
    assert not [n.lineno for n in inside if isinstance(n, ast.Import | ast.ImportFrom)]
