"""Whoever reads Chinese reads all of it in Chinese."""

import re
import string
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[2]
CATALOGUE = ROOT / "translations/zh_Hans_CN/LC_MESSAGES/messages.po"
MARKS = ("_", "gettext", "ngettext:1,2", "_l", "lazy_gettext", "N_")


@pytest.fixture(scope="module")
def extracted(tmp_path_factory):
    """Every text the product says."""
    template = tmp_path_factory.mktemp("texts") / "messages.pot"
    marks = [part for mark in MARKS for part in ("-k", mark)]
    command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg", *marks]
    subprocess.run([*command, "-o", str(template), "."], cwd=ROOT, check=True)
    with template.open("rb") as file:
        return [message for message in read_po(file) if message.id]


@pytest.fixture(scope="module")
def chinese():
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="zh_Hans_CN")


def forms(text):
    """One text, or the singular and the plural of one."""
    return (text,) if isinstance(text, str) else tuple(text)


def placeholders(text):
    """What is put into the text when it is printed: `%(name)s` or `{name}`."""
    braces = {name for _words, name, _spec, _conversion in string.Formatter().parse(text) if name}
    return set(re.findall(r"%\((\w+)\)[sd]", text)) | braces


def test_every_text_is_translated(extracted, chinese):
    found = {message.id: chinese.get(message.id) for message in extracted}
    missing = [id for id, message in found.items() if message is None or not all(forms(message.string))]
    assert len(extracted) > 500
    assert missing == []


def test_a_translation_says_the_same_names_and_numbers(chinese):
    wrong = [
        (message.id, message.string)
        for message in chinese
        if message.id
        for said in forms(message.string)
        if placeholders(said) != set().union(*map(placeholders, forms(message.id)))
    ]
    assert wrong == []


def test_nothing_is_left_for_somebody_to_look_at(chinese):
    assert [message.id for message in chinese if message.fuzzy] == []
    assert not (CATALOGUE.read_text().count("\n#~ "))
