"""A phone in somebody's hand: its pages, its forms, its outbox; whatever becomes of network, browser or server."""

import time
from collections.abc import Sequence
from typing import Any

from playwright.sync_api import Locator

from tests.offline.chromium import PATIENCE, Chromium
from tests.pictures import picture

PASSWORD = "nine green umbrellas"

# Everything in one store of the phone's database, or only its states.
STORED = """async ([store, made]) => {
  if (!(await indexedDB.databases()).some(({ name }) => name === "yingda")) return [];
  const rows = await new Promise((resolve, reject) => {
    const opening = indexedDB.open("yingda");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const database = opening.result;
      const reading = database.transaction(store).objectStore(store).getAll();
      reading.onsuccess = () => { database.close(); resolve(reading.result); };
    };
  });
  return made === "states" ? rows.map(({ state }) => state) : rows.map((row) => row.byteLength ?? row);
}"""
HELD = """async ([user, path]) => {
  const name = `pages-${user}`;
  return (await caches.has(name)) && !!(await (await caches.open(name)).match(path));
}"""


class Phone(Chromium):
    """Chromium on the phone pages."""

    # The pages

    def open(self, path: str) -> "Phone":
        """Goes to a page of the product and waits until its script has looked after it."""
        self.visit(path)
        return self.ready()

    def ready(self) -> "Phone":
        """The page's script has looked after it: the line at its head says how things stand."""
        self.until("() => Boolean(document.querySelector('#status-words span')?.textContent)")
        return self

    def begin_shift(self, user: Any, cookie: dict[str, Any]) -> "Phone":
        """In the hand of somebody who signed in days ago."""
        self.context.add_cookies([{"url": self.network.url, "expires": time.time() + 86400, **cookie}])  # type: ignore
        self.visit("/phone/")
        return self.packed(user)

    def sign_in(self, user: Any) -> "Phone":
        """At the door, with the password."""
        self.visit("/sign-in")
        self.page.locator("[name=username]").fill(user.username)
        self.page.locator("[name=password]").fill(PASSWORD)
        with self.page.expect_navigation():
            self.page.locator("main button, form.form button").last.click()
        return self.packed(user)

    def packed(self, user: Any) -> "Phone":
        """Waits until the shift of this person is on the phone: the worker in charge, the pages kept."""
        self.user_id = str(user.id)
        self.ready()
        self.until("() => navigator.serviceWorker.controller !== null")
        self.holds("/phone/outbox")
        return self

    def sign_out(self) -> None:
        """Leaves, also when the phone asks because something is unsent."""
        self.open("/phone/outbox").page.locator("form[data-sign-out=here] button").first.click()
        yes = self.page.locator("#confirm-sheet button[value=yes]")
        self.wait_for(lambda: yes.is_visible() or "outbox" not in self.page.url)
        if yes.is_visible():
            yes.click()
        self.wait_for(lambda: "outbox" not in self.page.url)

    def holds(self, path: str) -> None:
        """Waits until the page is on the phone."""
        self.until(HELD, [self.user_id, path])

    def has(self, path: str) -> bool:
        """Whether the page is on the phone now."""
        return bool(self.page.evaluate(HELD, [self.user_id, path]))

    def open_job(self, job: Any) -> "Phone":
        return self.open(f"/phone/jobs/{job.id}")

    def text(self, selector: str = "main") -> str:
        return self.page.locator(selector).first.inner_text()

    @property
    def status_line(self) -> str:
        return self.text("#status-line")

    @property
    def ahead(self) -> str:
        """The status the page shows for its job, counting what waits on this phone."""
        return self.page.locator("#job [data-badge]").first.get_attribute("data-badge") or ""

    def says(self, name: str, **values: str) -> str:
        """What the scripts of this page say under this name, in the language of the page."""
        text: str = self.page.evaluate("(name) => document.getElementById('phone-words').dataset[name]", name)
        return text.format(**values)

    def hears(self, name: str) -> None:
        """Waits until somebody who cannot see is told this."""
        words = self.says(name)
        self.until("(words) => document.querySelector('[aria-live]')?.textContent.includes(words)", words)

    def is_told_not_saved(self) -> str:
        """Waits for the alarm that nothing was saved, and returns its words."""
        alarm = self.page.locator("[data-not-saved]").first
        alarm.wait_for()
        return alarm.inner_text()

    def goes_where_it_cannot(self, path: str) -> None:
        """A page that is not on the phone: it says so, and shows nothing of anybody."""
        self.visit(path)
        self.page.locator(".empty a[href='/phone/outbox']").wait_for()
        assert self.page.locator("[data-job]").count() == 0

    # Typing and tapping

    def form(self, action: str) -> Locator:
        return self.page.locator(f"form[data-entry={action}]").first

    def fill(self, action: str, **fields: Any) -> Locator:
        """Types into the form of an action. `photos_after=[…]` takes pictures; a chip is chosen by its value."""
        form = self.form(action)
        self.wait_for(lambda: self.unfold() or form.is_visible(), f"a form for {action}")
        self.type_into(form, fields)
        return form

    def unfold(self) -> None:
        self.page.evaluate("document.querySelectorAll('main details').forEach((fold) => { fold.open = true })")

    def type_into(self, form: Locator, fields: dict[str, Any]) -> None:
        for name, value in fields.items():
            field = form.locator(f"[name='{name}']")
            match field.first.get_attribute("type"):
                case "radio":
                    form.locator(f"[name='{name}'][value='{value}']").evaluate("(radio) => radio.click()")
                case "file":
                    self.take_photos(field.first, value)
                case "hidden":
                    field.first.evaluate("(field, value) => { field.value = value }", value)
                case _:
                    field.first.fill(value)

    def take_photos(self, field: Locator, photos: Sequence[bytes]) -> None:
        """Pictures from the camera; returns when they are on the phone."""
        name = field.get_attribute("name")
        shots = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": shot} for n, shot in enumerate(photos)]
        field.set_input_files(shots)  # type: ignore[arg-type]
        self.wait_for(lambda: self.chosen(name) == len(photos))

    def chosen(self, field: str) -> int:
        """How many photos the form shows below this field."""
        return self.page.locator(f"input[name={field}]").first.locator("xpath=..").locator(".chosen img").count()

    def press(self, action: str) -> None:
        self.button_of(action).click()

    def button_of(self, action: str) -> Locator:
        """The button of the form, on the page or in the bar below."""
        form = self.form(action)
        id = form.get_attribute("id")
        own = form.locator("button[type=submit], button:not([type])")
        return own.or_(self.page.locator(f"button[form={id}]")).last

    def tap(self, action: str, **fields: Any) -> dict[str, Any]:
        """Fills the form, presses its button and waits until the phone says it is kept. Returns the entry."""
        before = {entry["id"] for entry in self.entries()}
        self.fill(action, **fields)
        self.press(action)
        return self.wait_for(lambda: next((one for one in self.entries() if one["id"] not in before), None))

    def tap_and_rest(self, action: str, **fields: Any) -> dict[str, Any]:
        """The same, until the form is ready for the next one."""
        entry = self.tap(action, **fields)
        self.until("() => !document.querySelector('button[aria-busy]')")
        return entry

    # What is in the outbox

    def entries(self) -> list[dict[str, Any]]:
        """All entries on this phone, whoever made them, in their order."""
        return self.stored("entries")

    def entry(self, id: str) -> dict[str, Any]:
        return next(entry for entry in self.entries() if entry["id"] == id)

    @property
    def states(self) -> list[str]:
        return self.read(STORED, ["entries", "states"])

    def stored(self, store: str) -> list[Any]:
        """Everything in one store of the phone's database; of photos, their sizes."""
        return self.read(STORED, [store, "rows"])

    def delivered(self, patience: float = PATIENCE) -> "Phone":
        """Waits until nothing is left to send."""
        self.wait_for(lambda: all(state in ("done", "withdrawn") for state in self.states), patience=patience)
        return self

    def settled(self, id: str, state: str) -> dict[str, Any]:
        """Waits until this entry has come to this state."""
        return self.wait_for(lambda: (found := self.entry(id))["state"] == state and found)

    def send_now(self) -> None:
        """The button of the outbox page; of whatever page, the press of somebody who will not wait."""
        if not self.page.url.endswith("/phone/outbox"):
            self.open("/phone/outbox")
        self.page.locator("#send-now").click()

    def has_sent(self) -> None:
        """Presses the button, and waits until that delivery and the check-in after it are over, come of it what may."""
        self.send_now()
        self.until("() => !document.querySelector('#send-now[aria-busy]')")

    def card(self, entry: dict[str, Any]) -> Locator:
        """The entry as it stands on the page."""
        return self.page.locator(f"[data-entry-id='{entry['id']}']").first

    def cards(self) -> int:
        """How many entries that are not settled the page shows."""
        return self.page.locator("[data-entries=open] [data-entry-id]").count()

    def button(self, entry: dict[str, Any], name: str) -> Locator:
        """The button on an entry's card that the page calls like this, once the card shows how the entry stands."""
        self.wait_for(lambda: self.card(entry).get_attribute("data-state") == self.entry(entry["id"])["state"])
        words = self.page.evaluate(
            "(name) => document.getElementById(`button-${name}`).content.textContent.trim()", name
        )
        return self.card(entry).get_by_role("button", name=words)

    def discard(self, entry: dict[str, Any]) -> None:
        self.button(entry, "discard").click()

    def take_back(self, entry: dict[str, Any]) -> None:
        """What was discarded waits again, under another id."""
        self.unfold()
        self.button(entry, "undo").click()
        self.wait_for(lambda: entry["id"] not in [one["id"] for one in self.entries()])

    def mend(self, entry: dict[str, Any], **fields: str) -> dict[str, Any]:
        """Mends a refused entry where it lies and sends it again. Returns what it has become."""
        card = self.card(entry)
        form = card.locator("form")
        self.wait_for(lambda: form.count() or self.button(entry, "mend").click())
        self.type_into(form, fields)
        form.locator("button[type=submit], button:not([type])").first.click()
        return self.wait_for(
            lambda: next(
                (one for one in self.entries() if one["sequence"] == entry["sequence"] and one["id"] != entry["id"]),
                None,
            )
        )

    def story(self) -> str:
        """Where this phone stands, for somebody who reads a failure."""
        told = ("action", "state", "tries", "last_error", "answer")
        here = self.page.url.startswith(self.network.url)
        entries = [{name: entry.get(name) for name in told} for entry in self.entries()] if here else "not on our pages"
        return f"entries {entries}\n{super().story()}"


def photos(count: int, size: tuple[int, int] = (800, 600)) -> list[bytes]:
    """So many pictures, no two alike."""
    return [picture(size=(size[0] + number, size[1])) for number in range(count)]
