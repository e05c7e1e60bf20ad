"""Words this house does not use for its own things; docs/vocabulary.md has those it uses."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
REFUSED = set(
    re.findall(
        r"\w+",
        """
        ticket tickets order orders matter matters handle handles handler handlers process processes processing
        manage manager managers data info item items util utils helper helpers common misc
        """,
    )
)
# Names whose refused word means what it says, or is not ours to choose.
EXCEPTIONS = {
    "process_bind_param": "SQLAlchemy's name for what it calls",
    "process_result_value": "SQLAlchemy's name for what it calls",
    "process_formdata": "WTForms' name for what it calls",
    "data_folder": "as YINGDA_DATA calls it: all that is worth a backup",
    "Order": "in which rows stand",
}
ROOMS = ("domain", "models", "queries", "actions", "forms", "blueprints", "worker", "launch")
FILES = [file for room in ROOMS for file in sorted((ROOT / room).rglob("*.py"))]
FILES += [ROOT / name for name in ("app.py", "commands.py", "config.py", "database.py", "extensions.py", "storage.py")]


def words_of(name):
    """`CamelCase` and `snake_case` as the words they are made of."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name)}


def names_in(file):
    """Of the module, its folder, its functions and its classes."""
    yield file.stem
    yield file.parent.name
    for node in ast.walk(ast.parse(file.read_text())):
        if isinstance(node, ast.FunctionDef | ast.ClassDef):
            yield node.name


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(ROOT)))
def test_things_are_called_what_they_are(file):
    assert not [name for name in names_in(file) if words_of(name) & REFUSED and name not in EXCEPTIONS]


def test_every_exception_is_still_needed():
    assert set(EXCEPTIONS) <= {name for file in FILES for name in names_in(file)}
