"""A phone of the run, and the ledger: every entry it ever said was saved."""

from base64 import b64encode
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from random import Random
from typing import Any

from PIL import Image
from playwright.sync_api import Error, Playwright

from bench.chaos.estate import Estate
from tests.offline.chromium import context_of
from tests.offline.faults import Network
from tests.offline.phone import Phone
from tests.pictures import picture

SLOW = 6_000  # milliseconds a page may take; then nobody looks at it any longer
# Fills the first form that is offered, takes photos, sends it, and answers once its entry is on the disk (or at once).
TAP = """async ({ wishes, typed, shots, choice, twice, dies }) => {
  const pause = (time) => new Promise((resolve) => setTimeout(resolve, time));
  const isThere = async () => (await indexedDB.databases()).some(({ name }) => name === "yingda");
  const stored = async () => (await isThere() ? read() : []);
  const read = () => new Promise((resolve, reject) => {
    const opening = indexedDB.open("yingda");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      const reading = opening.result.transaction("entries").objectStore("entries").getAll();
      reading.onsuccess = () => { opening.result.close(); resolve(reading.result); };
    };
  });
  const offered = (action) => [...document.querySelectorAll(`form[data-entry=${action}]`)]
    .find((form) => !form.closest("[hidden]"));
  const action = wishes.find(offered);
  if (!action) return { absent: document.title };
  const isFilled = () => offered(action)?.elements.words?.value; // with what was just sent: a tap would be the same tap
  for (let glances = 0; glances < 100 && isFilled(); glances += 1) await pause(20);
  const form = offered(action);
  for (const [name, text] of Object.entries(typed)) {
    const field = form.elements[name];
    if (field?.matches?.("textarea, input:not([type=hidden])")) field.value = text;
  }
  const groups = new Set([...form.querySelectorAll("input[type=radio]")].map(({ name }) => name));
  for (const name of groups) {
    const choices = [...form.querySelectorAll(`input[type=radio][name="${name}"]`)];
    choices[choice % choices.length].checked = true;
  }
  const camera = form.querySelector("input[type=file]");
  const mine = (shots[action] ?? []).map(([name, text]) =>
    new File([Uint8Array.from(atob(text), (one) => one.charCodeAt(0))], name, { type: "image/jpeg" }));
  if (camera && mine.length) {
    const before = camera.parentElement.querySelectorAll(".chosen img").length;
    const roll = new DataTransfer();
    mine.forEach((file) => roll.items.add(file));
    camera.files = roll.files;
    camera.dispatchEvent(new Event("change", { bubbles: true }));
    const shown = () => camera.parentElement.querySelectorAll(".chosen img").length;
    for (let glances = 0; glances < 200 && shown() < before + mine.length; glances += 1) await pause(20);
  }
  const known = new Set((await stored()).map(({ sequence }) => sequence));
  form.requestSubmit();
  if (twice) form.requestSubmit();
  if (dies) return { dying: action };
  for (let glances = 0; glances < 400; glances += 1) {
    const entry = (await stored()).find(({ sequence }) => !known.has(sequence));
    if (entry) return { entry };
    const alarm = form.querySelector("[data-not-saved]");
    if (alarm) return { complaint: alarm.textContent };
    if (!form.reportValidity()) return { complaint: `${action} is not valid` };
    await pause(20);
  }
  return { complaint: `${action}: neither saved nor not saved` };
}"""


# Our pages have a line at their head that says how things stand; a portal, a door, a job that is gone have none.
LOOKED_AFTER = """() => {
  const line = document.getElementById("status-words");
  if (line) return line.querySelector("span").textContent && "ours";
  return document.readyState === "complete" && "something else";
}"""


@dataclass
class Saved:
    """An entry in the ledger. `ids` are the one it was saved under and those it got since (mended and sent again)."""

    phone: int
    person: str
    sequence: int
    said_at: str
    chain: str
    action: str
    round: int
    photos: list[str]
    ids: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.action} {self.ids[-1]} (phone {self.phone}, entry {self.sequence}, round {self.round})"


class Handset(Phone):
    """A phone with its own network and its own profile."""

    def __init__(self, number: int, estate: Estate, playwright: Playwright, folder: Path) -> None:
        self.number, self.estate, self.person = number, estate, estate.people[number % len(estate.people)]
        self.round = 0
        self.ledger: dict[int, Saved] = {}
        self.emptied: set[datetime] = set()  # when the centre was told that the browser had emptied its own storage
        self.pictures = number * 100_000
        profile = folder / f"phone-{number}"
        super().__init__(Network(estate.server.port), lambda: context_of(playwright, profile), profile)
        self.begin_shift(self.person, estate.cookie_of(self.person))

    def start(self) -> "Handset":
        super().start()
        self.context.set_default_navigation_timeout(SLOW)
        return self

    def visit(self, path: str) -> bool:
        """Whether that page is one of ours, from wherever it came; once its script has looked after it."""
        try:
            self.page.goto(self.network.url + path)
            return self.page.wait_for_function(LOOKED_AFTER, timeout=SLOW, polling=50).json_value() == "ours"
        except Error:
            return False

    def tap(self, wishes: list[str], shots: dict[str, Any], mark: str, **how: Any) -> dict[str, Any]:  # type: ignore[override]
        """Fills and sends a form of the page; what came of it. What was saved is in the ledger from here on."""
        words = {"words": mark, "work_done": mark, "room": "3-2-501"}
        typed = {"room": "3-2-501"} if how.pop("is_empty") else words
        try:
            came = self.page.evaluate(TAP, {"wishes": wishes, "typed": typed, "shots": shots, **how})
        except Error as error:  # the page was left under the fingers: what it had saved is found on the disk
            came = {"complaint": str(error).splitlines()[0]}
            self.reconcile()
        if "entry" in came:
            self.write_down(came["entry"])
        return came

    def shots(self, photos: dict[str, int], is_large: bool) -> dict[str, list[tuple[str, str]]]:
        """Pictures for each action that takes some, no two alike in the whole run."""
        return {action: [self.shot(is_large and not n) for n in range(count)] for action, count in photos.items()}

    def shot(self, is_large: bool) -> tuple[str, str]:
        self.pictures += 1
        width, height = 40 + self.pictures % 1000, 40 + self.pictures // 1000
        content = large_picture(self.pictures) if is_large else picture(size=(width, height))
        return f"{self.pictures}.jpg", b64encode(content).decode()

    def reconcile(self) -> list[dict[str, Any]]:
        """What lies on the disk; the ledger learns of new entries and of new ids of old ones."""
        self.emptied |= self.estate.emptied(self.person)
        entries = self.entries()
        for entry in entries:
            self.write_down(entry)
        return entries

    def write_down(self, entry: dict[str, Any]) -> None:
        """A new line, or a new id on the line of an entry."""
        photos = [photo["sha256"] for photo in entry["photos"]]
        number, said_at = entry["sequence"], entry["happened_at"]
        new = Saved(self.number, entry["person"], number, said_at, entry["chain"], entry["action"], self.round, photos)
        saved = self.ledger.setdefault(number, new)
        if entry["id"] not in saved.ids:
            saved.ids.append(entry["id"])

    def is_drained(self) -> bool:
        """Whether nothing more can be sent: what is left is refused, or waits behind something refused."""
        entries = self.reconcile()
        refused = [(entry["chain"], entry["sequence"]) for entry in entries if entry["state"] == "refused"]
        return all(has_come_to_rest(entry, refused) for entry in entries)

    def on_each_card(self, state: str, work: Callable[[dict[str, Any]], Any]) -> None:
        """Does something with every entry in this state, on the outbox page."""
        if self.visit("/phone/outbox"):
            for entry in [entry for entry in self.reconcile() if entry["state"] == state]:
                work(entry)
            self.reconcile()


def has_come_to_rest(entry: dict[str, Any], refused: list[tuple[str, int]]) -> bool:
    """Whether nothing about this entry is still to be sent; `refused` are (chain, sequence) of the phone."""
    photos_wait = any(photo["state"] == "waiting" for photo in entry["photos"])
    if entry["state"] == "refused":
        return not photos_wait
    is_held = any(chain == entry["chain"] and sequence < entry["sequence"] for chain, sequence in refused)
    return entry["state"] in ("done", "withdrawn") or (is_held and not entry["answer"])


def large_picture(number: int) -> bytes:
    """A picture of so many bytes that the phone makes it smaller; no two numbers give the same."""
    grain = Image.frombytes("RGB", (160, 120), Random(number).randbytes(160 * 120 * 3))
    written = BytesIO()
    grain.resize((1700, 1275)).save(written, "JPEG", quality=92)
    return written.getvalue()
