"""WebKitGTK's MiniBrowser, driven by its WebDriver on a screen nobody sees."""

import os
import shutil
import subprocess
from copy import copy
from pathlib import Path
from typing import Any

from selenium import webdriver
from selenium.webdriver.common.by import By
from selenium.webdriver.webkitgtk.options import Options
from selenium.webdriver.webkitgtk.service import Service

MINIBROWSERS = "webkit2gtk-4.*/MiniBrowser"


def executable() -> str | None:
    """The MiniBrowser, which Debian keeps beside the library."""
    found = sorted(Path("/usr/lib").glob(f"*/{MINIBROWSERS}"))
    return str(found[-1]) if found and shutil.which("WebKitWebDriver") and shutil.which("Xvfb") else None


class WebKit:
    """One MiniBrowser, which forgets everything when it is closed."""

    def __init__(self) -> None:
        self.screen, display = screen()
        options = Options()
        options.binary_location = executable()
        options.add_argument("--automation")
        options.set_capability("browserName", "MiniBrowser")
        environment = os.environ | {
            "DISPLAY": display,
            "GDK_BACKEND": "x11",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        }
        service = Service(shutil.which("WebKitWebDriver"), env=environment)
        self.driver = webdriver.WebKitGTK(options=options, service=service)
        self.driver.set_script_timeout(60)
        self.window = self.driver.current_window_handle

    def open(self, url: str) -> None:
        self.driver.switch_to.window(self.window)
        self.driver.get(url)

    def run(self, script: str, a: Any = None, b: Any = None) -> Any:
        self.driver.switch_to.window(self.window)
        body = f"""const [a, b, done] = arguments;
          (async () => {{ {script} }})()
            .then((value) => done({{ value }}), (error) => done({{ error: String(error) }}));"""
        said = self.driver.execute_async_script(body, a, b)
        if "error" in said:
            raise RuntimeError(said["error"])
        return said.get("value")

    def choose(self, selector: str, file: Path) -> None:
        self.driver.switch_to.window(self.window)
        self.driver.find_element(By.CSS_SELECTOR, selector).send_keys(str(file))

    def tab(self) -> "WebKit":
        other = copy(self)
        self.driver.switch_to.new_window("window")
        other.window = self.driver.current_window_handle
        return other

    def restart(self) -> None:
        """As far as this one can: its page dies and another is opened. A closed MiniBrowser forgets everything."""
        old = self.window
        self.window = self.tab().window
        self.driver.switch_to.window(old)
        self.driver.close()

    def close(self) -> None:
        self.driver.quit()
        self.screen.terminate()
        self.screen.wait()


def screen() -> tuple[subprocess.Popen[bytes], str]:
    """An X server of our own, and its name."""
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x900x24", "-nolisten", "tcp"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    os.close(writing)
    with os.fdopen(reading) as said:
        return server, f":{said.readline().strip()}"
