"""The browser of a phone: started, closed, killed, cut off; and waited for without guessing how long anything takes."""

import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Self

import psutil
from playwright.sync_api import BrowserContext, Error, Page, Playwright

from launch import browser
from tests.offline.faults import Network

SCREEN: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "is_mobile": True,
    "has_touch": True,
    "locale": "zh-CN",
}
# Nothing leaves this machine, not even a question for a name.
ARGUMENTS = [*browser.ARGUMENTS, "--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1"]
# For `phone(restarts=True, more=IMPATIENT)`: Background Sync that failed is tried again after a second.
IMPATIENT = [
    "--force-fieldtrials=BackgroundSync/Impatient",
    "--force-fieldtrial-params=BackgroundSync.Impatient:"
    "initial_retry_delay_sec/1/retry_delay_factor/1/min_recovery_time_sec/1/max_sync_attempts/100",
]
SYNC_TAG = "yingda-delivery"
PATIENCE = 30  # seconds until a condition is given up; only reached when something is wrong
# Playwright would wait for a promise for ever.
TOO_LATE = f"new Promise((_, fail) => setTimeout(() => fail(new Error('no answer')), {PATIENCE * 1000}))"
OVERTAKEN = ("net::ERR_ABORTED", "is interrupted by another navigation")  # of a page that left by itself in that moment
LEAVING = ("Execution context was destroyed", "navigat")  # what Playwright says of a page that is being left


def context_of(playwright: Playwright, profile: Path, more: Sequence[str] = ()) -> BrowserContext:
    """A browser that remembers, in a folder of its own; `more` is what its command line says besides."""
    arguments = [*ARGUMENTS, *more]
    return playwright.chromium.launch_persistent_context(
        profile, executable_path=browser.executable(), headless=True, args=arguments, **SCREEN
    )


class Chromium:
    """`launch` opens it, once or again and again; with a profile it remembers from one time to the next."""

    def __init__(self, network: Network, launch: Callable[[], BrowserContext], profile: Path | None = None) -> None:
        self.network, self.launch, self.profile = network, launch, profile
        self.said: list[str] = []
        self.start()

    def start(self) -> Self:
        """Opens the browser, on whatever network there is."""
        self.context = self.launch()
        self.page = self.watched(self.context.pages[0] if self.context.pages else self.context.new_page())
        return self

    def watched(self, page: Page) -> Page:
        """The page; what it complains of is kept, what it asks is answered."""
        page.on("pageerror", lambda error: self.said.append(str(error)))
        page.on("dialog", lambda dialog: dialog.accept())
        return page

    def tab(self) -> Self:
        """Another tab of the same browser, driven like a phone."""
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other.page = self.watched(self.context.new_page())
        return other

    def close(self) -> None:
        """Closes the browser. Pages that were open are simply gone."""
        self.context.close()

    def restart(self) -> Self:
        """The browser is closed and opened again; only a phone with a profile remembers."""
        assert self.profile, "A phone that is to be restarted needs a profile: phone(restarts=True)."
        self.close()
        return self.start()

    def kill(self) -> Self:
        """kill -9 of this browser, and of nothing else: its processes carry its profile in their command line."""
        assert self.profile, "A phone that is to be killed needs a profile: phone(restarts=True)."
        cookies = self.context.cookies()
        mine = f"--user-data-dir={self.profile}"
        dying = [one for one in psutil.process_iter(["cmdline"]) if mine in (one.info["cmdline"] or [])]
        for process in dying:
            with suppress(psutil.NoSuchProcess):  # it has gone with the others
                process.kill()
        with suppress(Error):  # it is dead, as it should be
            self.context.close()
        psutil.wait_procs(dying, PATIENCE)  # till then their files are locked
        for lock in self.profile.glob("Singleton*"):
            lock.unlink()
        self.start()
        # Chromium writes cookies to the disk twice a minute; this phone has been signed in for longer than a test runs.
        self.context.add_cookies(cookies)  # type: ignore[arg-type]
        return self

    def go_offline(self) -> None:
        self.context.set_offline(True)

    def go_online(self) -> None:
        self.context.set_offline(False)

    def sync(self) -> None:
        """The browser finds that there is a signal and rouses the worker, as Background Sync does."""
        tools = self.context.new_cdp_session(self.page)
        found: list[dict[str, Any]] = []
        tools.on("ServiceWorker.workerRegistrationUpdated", lambda told: found.extend(told["registrations"]))
        tools.send("ServiceWorker.enable")
        mine = self.wait_for(lambda: next((one for one in found if one["scopeURL"].startswith(self.network.url)), None))
        event = {"origin": self.network.url, "registrationId": mine["registrationId"], "lastChance": False}
        tools.send("ServiceWorker.dispatchSyncEvent", event | {"tag": SYNC_TAG})

    def visit(self, path: str) -> None:
        """Goes to a page of the product. The page before may be on its way to where its answer leads: after that."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                self.page.goto(self.network.url + path)
                return
            except Error as error:
                if time.monotonic() > deadline or not any(words in str(error) for words in OVERTAKEN):
                    raise
                self.page.wait_for_load_state()

    def read(self, script: str, argument: Any = None) -> Any:
        """What the script, a function, finds; again while the page is being left."""
        patient = f"(argument) => Promise.race([({script})(argument), {TOO_LATE}])"
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self.page.evaluate(patient, argument)
            except Error as error:
                if time.monotonic() > deadline or not any(words in str(error) for words in LEAVING):
                    raise
                self.page.wait_for_timeout(50)

    def until(self, script: str, argument: Any = None) -> Any:
        """Waits until the script, which may be asynchronous, answers something true."""
        return self.wait_for(lambda: self.read(script, argument), script)

    def wait_for(self, found: Callable[[], Any], what: str = "", patience: float = PATIENCE) -> Any:
        """Waits until `found()` is true and returns it. Events of the browser are heard meanwhile."""
        deadline = time.monotonic() + patience
        while not (answer := found()):
            if time.monotonic() > deadline:
                raise AssertionError(f"It never came to {what or 'that'}; {self.story()}")
            self.page.wait_for_timeout(50)
        return answer

    def story(self) -> str:
        """Where this phone stands, for somebody who reads a failure."""
        crossed = "\n  ".join(str(seen) for seen in self.network.seen[-15:])
        return f"at {self.page.url}\npage errors {self.said}\nnetwork\n  {crossed}"
