"""A browser that is not Chromium, as far as the main path of a phone needs one."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

PATIENCE = 60  # seconds until a condition is given up; only reached when something is wrong


class Engine(Protocol):
    """Scripts are bodies of asynchronous functions; their arguments are called `a`, `b`."""

    def open(self, url: str) -> None: ...
    def run(self, script: str, a: Any = None, b: Any = None) -> Any: ...
    def choose(self, selector: str, file: Path) -> None: ...
    def tab(self) -> "Engine": ...
    def restart(self) -> None: ...
    def close(self) -> None: ...


FILL = """
  document.querySelectorAll("main details").forEach((fold) => { fold.open = true; });
  const form = document.querySelector(a);
  for (const [name, value] of Object.entries(b)) {
    const fields = [...form.querySelectorAll(`[name="${name}"]`)];
    const chip = fields.find((field) => field.type === "radio" && field.value === value);
    if (chip) chip.checked = true;
    else fields[0].value = value;
    (chip ?? fields[0]).dispatchEvent(new Event("input", { bubbles: true }));
  }"""
ENTRIES = """
  const database = await new Promise((resolve, reject) => {
    const opening = indexedDB.open("yingda");
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const asked = database.transaction("entries").objectStore("entries").getAll();
  const found = await new Promise((resolve) => { asked.onsuccess = () => resolve(asked.result); });
  database.close();
  return found.map(({ id, action, state, last_error, answer }) =>
    ({ id, action, state, last_error, code: answer?.code ?? "", sentence: answer?.sentence ?? "" }));"""
# Mends the refused entry `a` where it lies, with the answers `b`.
MEND = "if (!document.querySelector(`${a} form`)) document.querySelector(`${a} [data-do=mend]`)?.click();"


class Phone:
    """The phone pages in an engine."""

    def __init__(self, engine: Engine, url: str) -> None:
        self.engine, self.url = engine, url

    def sign_in(self, user: Any, password: str) -> "Phone":
        self.engine.open(self.url + "/sign-in")
        self.engine.run(FILL + "form.querySelector('button').click();", "form.form", named(user, password))
        self.until("return Boolean(document.querySelector('#status-words span')?.textContent)")
        self.until("return navigator.serviceWorker.controller !== null")
        self.holds(user, "/phone/outbox")
        return self

    def holds(self, user: Any, path: str) -> None:
        self.until("return Boolean(await caches.match(b, { cacheName: a }))", f"pages-{user.id}", path)

    def open(self, path: str) -> "Phone":
        self.engine.open(self.url + path)
        self.until("return Boolean(document.querySelector('#status-words span')?.textContent)")
        return self

    def tap(self, action: str, photo: tuple[str, Path] | None = None, **fields: str) -> None:
        """Fills the form, presses its button and waits until the entry is on the phone."""
        form = f"form[data-entry={action}]"
        self.until("return Boolean(document.querySelector(a)?.closest('[hidden]') === null)", form)
        before = len(self.entries())
        self.engine.run(FILL, form, fields)
        if photo:
            self.engine.choose(f"{form} input[name={photo[0]}]", photo[1])
            self.until("return document.querySelectorAll(a).length === 1", f"{form} .chosen img")
        self.engine.run("document.querySelector(a).requestSubmit();", form)
        self.wait_for(lambda: len(self.entries()) == before + 1)

    def mend(self, id: str, **fields: str) -> None:
        """Mends a refused entry on its card and sends it again."""
        form = f"[data-entry-id='{id}'] form"
        self.until(MEND + "return Boolean(document.querySelector(b))", f"[data-entry-id='{id}']", form)
        self.engine.run(FILL + "form.querySelector('button[type=submit]').click();", form, fields)

    def tab(self) -> "Phone":
        """Another tab of the same browser."""
        return Phone(self.engine.tab(), self.url)

    def entries(self) -> list[dict[str, str]]:
        return self.engine.run(ENTRIES)

    def badge(self, status: str) -> None:
        """Waits until the job stands like this, counting what waits on this phone."""
        self.until("return document.querySelector('#job [data-badge]')?.dataset.badge === a", status)

    def delivered(self) -> None:
        self.engine.run("document.querySelector('#send-now').click();")
        self.wait_for(lambda: all(entry["state"] in ("done", "withdrawn") for entry in self.entries()))

    def until(self, script: str, a: Any = None, b: Any = None) -> None:
        self.wait_for(lambda: self.engine.run(script, a, b), script)

    def wait_for(self, found: Callable[[], Any], what: str = "") -> Any:
        """Waits until `found()` is true. A page that is being left answers with an error, which is no answer."""
        deadline, error = time.monotonic() + PATIENCE, None
        while time.monotonic() < deadline:
            try:
                if answer := found():
                    return answer
            except Exception as problem:
                error = problem
            time.sleep(0.1)
        raise AssertionError(f"It never came to {what or 'that'}.") from error


def named(user: Any, password: str) -> dict[str, str]:
    """What is typed at the door."""
    return {"username": user.username, "password": password}
