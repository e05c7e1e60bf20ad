"""The phone's figures: `python -m bench.phone` measures them in Chromium before the product under gunicorn.

Weights are bytes over the wire; paint and tap are without a network under a processor slowed to a sixth; two hundred
entries are delivered at full speed. The medians go to RESULTS.md. Absolute times say little on a busy machine.
"""

import json
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from playwright.sync_api import sync_playwright
from sqlalchemy import select

from app import create_app
from bench import results
from bench.phone_weights import PAGE_LIMIT, PASSWORD, PHONE, SHELL_LIMIT, demo_served, shell_of, weight
from bench.visitor import Visitor
from config import Settings
from extensions import db
from launch.serve import set_up
from models import Event
from tests.offline.chromium import context_of
from tests.offline.phone import Phone
from tests.pictures import picture

SLOWED = 6
SAMPLES = 5
MANY = 200
PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"
# Milliseconds from the tap until the page says that it is saved.
TAP = """async ([action, words]) => {
  const form = [...document.querySelectorAll(`form[data-entry=${action}]`)].find((form) => !form.closest("[hidden]"));
  const region = document.getElementById("announcements");
  region.replaceChildren();
  const said = new Promise((resolve) => new MutationObserver(() => region.textContent.includes(words) && resolve())
    .observe(region, { childList: true, subtree: true }));
  const begun = performance.now();
  form.requestSubmit();
  await said;
  return performance.now() - begun;
}"""
SPARED = "async (number) => (await (await caches.open('unsent')).keys()).length >= number"
# The same entry so many times more, as if it had been tapped so often.
MULTIPLY = """async ([first, count]) => {
  const database = await new Promise((resolve) => {
    const opening = indexedDB.open("yingda");
    opening.onsuccess = () => resolve(opening.result);
  });
  const entries = database.transaction("entries", "readwrite").objectStore("entries");
  const { sequence, ...entry } = first;
  for (let number = 2; number <= count; number += 1) {
    const fields = entry.fields.map(([name, value]) => [name, name === "words" ? String(number) : value]);
    entries.add({ ...entry, fields, id: crypto.randomUUID() });
  }
  await new Promise((resolve) => { entries.transaction.oncomplete = resolve; });
  database.close();
}"""


@dataclass
class Figure:
    """One line of the table."""

    name: str
    measured: float
    unit: str
    target: float

    def __str__(self) -> str:
        verdict = "yes" if self.measured <= self.target else "**no**"
        return f"| {self.name} | {self.measured:,.0f} {self.unit} | {self.target:,.0f} {self.unit} | {verdict} |"


def main() -> None:
    """All of them, on the demo estate."""
    set_up()
    table = ["| figure | measured | target | kept |", "|---|---:|---:|---|"]
    print(*table, sep="\n")
    with demo_served() as (port, folder):
        for figure in figures(port, folder):
            table.append(str(figure))
            print(figure, flush=True)
    results.put("python -m bench.phone", f"Medians of {SAMPLES}; processor slowed to 1/{SLOWED} where named.", table)


def figures(port: int, folder: Path) -> Iterator[Figure]:
    """Every figure, measured when it is asked for."""
    visitor = Visitor(port)
    visitor.sign_in("technician", PASSWORD)
    shell = sum(weight(visitor, address) for address in shell_of(visitor))
    yield Figure("shell on the first visit", shell, "B", SHELL_LIMIT)
    plan = json.loads(visitor.ask("POST", "/phone/check-in", {}, **PHONE)[1])
    pages = [page["url"] for page in plan["pages"]]
    jobs = [page for page in pages if "/jobs/" in page]
    yield Figure("heaviest page after that", max(weight(visitor, page) for page in pages), "B", PAGE_LIMIT)
    network: Any = SimpleNamespace(url=f"http://127.0.0.1:{port}", seen=[])  # nothing stands in between
    with sync_playwright() as playwright:
        phone = Phone(network, lambda: context_of(playwright, folder / "phone"), folder / "phone")
        name, value = next(iter(visitor.cookies.items()))
        phone.begin_shift(SimpleNamespace(id=plan["user"]), {"name": name, "value": value})
        for job in jobs:
            phone.holds(job)
        yield from slowed_figures(phone, jobs)
        yield delivered_many(phone, jobs[0])
        phone.close()


def slowed_figures(phone: Phone, jobs: list[str]) -> Iterator[Figure]:
    """What somebody without a network waits for, on a slow phone."""
    phone.go_offline()
    tools = phone.context.new_cdp_session(phone.page)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWED})
    for name, path in (("my jobs", "/phone/"), ("a job", jobs[0]), ("the outbox", "/phone/outbox")):
        yield Figure(f"offline first paint of {name}, slowed", median(partial(first_paint, phone, path)), "ms", 1000)
    phone.open(jobs[0])
    yield Figure("tap to “saved”, slowed", median(partial(tap, phone)), "ms", 300)
    yield Figure("tap to “saved” with 4 photos of 12 megapixels, slowed", median(partial(tap, phone, 4)), "ms", 1500)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    phone.go_online()
    phone.open("/phone/outbox").delivered(patience=120)


def first_paint(phone: Phone, path: str) -> float:
    """Milliseconds until something is on the screen."""
    phone.open(path)
    return phone.read(PAINT)


def tap(phone: Phone, photos: int = 0) -> float:
    """Milliseconds from sending a note, with so many photos already chosen, until the page says that it is saved."""
    form = phone.fill("annotate", words="记一笔")
    if photos:
        camera = form.locator("input[type=file]").first
        shots = [picture(size=(4000 + number, 3000)) for number in range(photos)]
        files = [{"name": f"{n}.jpg", "mimeType": "image/jpeg", "buffer": shot} for n, shot in enumerate(shots)]
        camera.set_input_files(files)  # type: ignore[arg-type]
        phone.wait_for(lambda: form.locator(".chosen img").count() == photos, patience=60)
    milliseconds = phone.page.evaluate(TAP, ["annotate", phone.says("saved")])
    phone.wait_for(lambda: not form.locator("[name=words]").input_value())
    return milliseconds


def delivered_many(phone: Phone, job: str) -> Figure:
    """Milliseconds from the moment the network is back until two hundred notes are with the server, in their order, as
    the phone writes it down: looking on would slow it.
    """
    phone.open(job).go_offline()
    known = {entry["id"] for entry in phone.entries()}
    phone.tap("annotate", words="1")
    [first] = [entry for entry in phone.entries() if entry["id"] not in known]
    phone.page.evaluate(MULTIPLY, [first, MANY])
    phone.open("/phone/outbox")
    phone.until(SPARED, MANY)  # what is tapped has its second copy at once
    begun = phone.read("() => Date.now()")
    phone.go_online()
    while any(state not in ("done", "withdrawn") for state in phone.states):
        time.sleep(1)
    milliseconds = max(entry["done_at"] for entry in phone.entries()) - begun
    order = notes_in_order()[-MANY:]
    assert order == [str(number) for number in range(1, MANY + 1)], f"not in order: {order}"
    return Figure(f"{MANY} waiting entries delivered in order", milliseconds, "ms", 6000)


def notes_in_order() -> list[str]:
    """The words of the notes the server has, oldest first."""
    app = create_app(Settings.from_environment())
    with app.app_context():
        asked = select(Event).where(Event.action == "annotate").order_by(Event.recorded_at, Event.sequence)
        words = [event.details["words"] for event in db.session.scalars(asked).unique()]
        db.session.remove()
        db.engine.dispose()
    return words


def median(sample: Callable[[], float]) -> float:
    """Of a few samples; the first one warms up."""
    return statistics.median([sample() for _ in range(SAMPLES + 1)][1:])


if __name__ == "__main__":
    main()
