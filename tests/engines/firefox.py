"""Firefox, spoken to over WebDriver BiDi."""

import itertools
import json
import shutil
import subprocess
import time
from copy import copy
from pathlib import Path
from typing import Any

from websocket import create_connection

from tests.engines.engine import PATIENCE

NAMES = ("firefox-esr", "firefox")
# Nothing leaves this machine.
PREFERENCES = {
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.systemAddon.update.enabled": False,
    "services.settings.server": "http://127.0.0.1:1",
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "toolkit.telemetry.enabled": False,
}


def executable() -> str | None:
    return next((path for path in map(shutil.which, NAMES) if path), None)


class Firefox:
    """One Firefox with a profile of its own."""

    def __init__(self, profile: Path) -> None:
        profile.mkdir()
        lines = (f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in PREFERENCES.items())
        (profile / "user.js").write_text("\n".join(lines))
        self.profile = profile
        self.start()

    def start(self) -> None:
        """Opens it, with what its profile remembers."""
        command = [executable(), "--headless", "--no-remote", "--profile", self.profile, "--remote-debugging-port", "0"]
        self.process = subprocess.Popen(command, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
        where = listening(self.profile / "WebDriverBiDiServer.json")
        self.numbers = itertools.count(1)
        self.socket = create_connection(where + "/session", timeout=60, suppress_origin=True)
        self.ask("session.new", capabilities={})
        self.context = self.ask("browsingContext.getTree")["contexts"][0]["context"]

    def ask(self, method: str, **params: Any) -> dict[str, Any]:
        """The answer to a command. Raises RuntimeError when Firefox refuses."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": params}))
        while (said := json.loads(self.socket.recv())).get("id") != number:
            pass
        if said["type"] == "error":
            raise RuntimeError(said["message"])
        return said["result"]

    def open(self, url: str) -> None:
        """Goes there. The page before may leave by itself in this very moment: then once more."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self.ask("browsingContext.navigate", context=self.context, url=url, wait="interactive")
                return
            except RuntimeError as error:
                if "NS_BINDING_ABORTED" not in str(error) or time.monotonic() > deadline:
                    raise

    def run(self, script: str, a: Any = None, b: Any = None) -> Any:
        told = f"const [a, b] = {json.dumps([a, b])};"
        body = f"(async () => {{ {told} {script} }})().then((value) => JSON.stringify(value ?? null))"
        said = self.evaluate(body)
        return json.loads(said["value"])

    def evaluate(self, expression: str) -> dict[str, Any]:
        said = self.ask("script.evaluate", expression=expression, target={"context": self.context}, awaitPromise=True)
        if said["type"] == "exception":
            raise RuntimeError(said["exceptionDetails"]["text"])
        return said["result"]

    def choose(self, selector: str, file: Path) -> None:
        element = self.evaluate(f"document.querySelector({json.dumps(selector)})")
        self.ask("input.setFiles", context=self.context, element={"sharedId": element["sharedId"]}, files=[str(file)])

    def tab(self) -> "Firefox":
        other = copy(self)
        other.context = self.ask("browsingContext.create", type="tab")["context"]
        return other

    def restart(self) -> None:
        self.close()
        (self.profile / "WebDriverBiDiServer.json").unlink(missing_ok=True)
        self.start()

    def close(self) -> None:
        self.socket.close()
        self.process.terminate()
        self.process.wait(20)


def listening(told: Path) -> str:
    """The address Firefox writes down once it listens. Raises TimeoutError."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        if told.exists() and (content := told.read_text()):
            where = json.loads(content)
            return f"ws://{where['ws_host']}:{where['ws_port']}"
        time.sleep(0.1)
    raise TimeoutError("Firefox does not listen.")
