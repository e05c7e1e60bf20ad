"""Finds or installs the Chromium of the browser journeys."""

import os
import shutil
import subprocess

from launch.environment import PYTHON, ROOT
from launch.progress import SetUpFailed, run

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")
# The other engines of the phone pages: program → the package of Debian that brings it.
ENGINES = {"firefox-esr": "firefox-esr", "WebKitWebDriver": "webkit2gtk-driver", "Xvfb": "xvfb"}
# What a browser needs to run in a container, and what keeps it from talking to anybody but us.
ARGUMENTS = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


def executable() -> str | None:
    """The Chromium on the PATH; None means the one Playwright installed for itself."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def install() -> None:
    """Makes sure there is one: Debian's where apt may be used, else Playwright's own. Raises SetUpFailed."""
    if executable():
        return
    privilege = root_by()
    if privilege is not None:
        apt = [*privilege, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
        run("Asking Debian for packages", [*apt, "update"], cwd=ROOT)
        run("Installing chromium", [*apt, "install", "--yes", "--no-install-recommends", "chromium"], cwd=ROOT)
    else:
        run("Installing Playwright's chromium", [PYTHON, "-m", "playwright", "install", "chromium"], cwd=ROOT)


class OutOfReach(SetUpFailed):
    """This machine cannot have it, through nobody's fault; the message says why."""


def install_engines() -> None:
    """Firefox, WebKitGTK and a screen for it, which only Debian has for us.

    Raises OutOfReach where it does not, or not here, and SetUpFailed where it should have.
    """
    if all(map(shutil.which, ENGINES)):
        return
    privilege = root_by()
    if privilege is None:
        raise OutOfReach(f"Only Debian's apt, run by root, installs them for us: {', '.join(ENGINES.values())}.")
    apt = [*privilege, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    install = [*apt, "install", "--yes", "--no-install-recommends", *ENGINES.values()]
    try:
        run("Asking Debian for packages", [*apt, "update"], cwd=ROOT)
        run("Asking whether they fit", [*install, "--simulate"], cwd=ROOT)
    except SetUpFailed as refusal:
        raise OutOfReach(str(refusal)) from refusal
    run("Installing Firefox and WebKitGTK", install, cwd=ROOT)


def root_by() -> list[str] | None:
    """What to write before a command that root must run: nothing, sudo, or None where neither apt nor root is ours.

    Ubuntu's package chromium only installs a snap, which a test cannot drive.
    """
    if not shutil.which("apt-get") or "ID=debian" not in os_release():
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") and not subprocess.run(["sudo", "-n", "true"], capture_output=True).returncode:
        return ["sudo", "-n"]
    return None


def os_release() -> list[str]:
    try:
        with open("/etc/os-release") as file:
            return file.read().splitlines()
    except FileNotFoundError:
        return []
