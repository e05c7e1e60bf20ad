"""Compiles the translations: messages.po is in the repository, messages.mo is made from it."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from launch.environment import ROOT


def compile_all(folder: Path = ROOT / "translations") -> None:
    """Makes each messages.mo that is missing or older than its messages.po."""
    for source in folder.glob("*/LC_MESSAGES/messages.po"):
        target = source.with_suffix(".mo")
        if target.exists() and target.stat().st_mtime_ns >= source.stat().st_mtime_ns:
            continue
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parent.parent.name)
        draft = target.with_suffix(".mo.draft")
        with draft.open("wb") as file:
            write_mo(file, catalog)
        draft.replace(target)
