"""Another release of the product: the same, with a few words changed, in a folder of its own."""

import shutil
import subprocess
import sys
from pathlib import Path

from config import ROOT

# What runs; everything else of the repository is not needed for it.
CODE = ("actions", "blueprints", "domain", "forms", "launch", "models", "queries", "worker")
DRAWN = ("migrations", "static", "templates", "translations")


def release(folder: Path, changes: dict[str, tuple[str, str]]) -> Path:
    """The product in this folder, where in each named file the first text has become the second, with its assets built.

    Raises LookupError when a file does not have its text.
    """
    folder.mkdir(parents=True)
    for name in CODE + DRAWN:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.tmp"))
    for module in ROOT.glob("*.py"):
        shutil.copy(module, folder)
    shutil.copy(ROOT / "package.json", folder)
    (folder / "node_modules").symlink_to(ROOT / "node_modules")
    for name, (old, new) in changes.items():
        text = (folder / name).read_text()
        if old not in text:
            raise LookupError(f"{name} has no {old!r}")
        (folder / name).write_text(text.replace(old, new, 1))
    subprocess.run([sys.executable, "-m", "launch.assets"], cwd=folder, env={"PYTHONPATH": str(folder)}, check=True)
    return folder
