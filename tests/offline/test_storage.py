"""What is said to be saved is saved; what cannot be saved is said; what is gone is noticed."""

import os
import random
import time
from datetime import timedelta

import pytest

from models import Attachment, Event
from models import Phone as PhoneRow
from tests.offline import stored
from tests.offline.chromium import PATIENCE
from tests.offline.faults import ALWAYS, answer, lose_request
from tests.offline.test_clocks import set_clock
from tests.offline.test_delivery import HAND_OVER
from tests.pictures import picture
from tests.visits import signed_in

# The storage process dies under the page, so many times; as iOS does to an app that was put to sleep.
LOSE_STORAGE = """(times) => {
  const transaction = IDBDatabase.prototype.transaction;
  IDBDatabase.prototype.transaction = function (stores, mode, options) {
    if (mode === "readwrite" && [stores].flat().includes("entries") && times-- > 0)
      throw new DOMException("Connection to Indexed Database server lost", "UnknownError");
    return transaction.call(this, stores, mode, options);
  };
}"""


SPARES = "async (number) => (await (await caches.open('unsent')).keys()).length === number"
EMPTY = """() => new Promise((resolve) => { indexedDB.deleteDatabase("yingda").onsuccess = resolve; })"""
# Clears a store, and forgets a note.
FORGET = """([store, name]) => new Promise((resolve) => {
  indexedDB.open("yingda").onsuccess = ({ target: { result: database } }) => {
    const transaction = database.transaction([store, "notes"], "readwrite");
    transaction.objectStore(store).clear();
    transaction.objectStore("notes").delete(name);
    transaction.oncomplete = () => { database.close(); resolve(); };
  };
})"""


def test_a_full_phone_says_not_saved_and_keeps_the_form(cast, phone, network):
    """Scenario 20."""
    mine = phone(restarts=True)
    tools = mine.context.new_cdp_session(mine.page)
    tools.send("Storage.overrideQuotaForOrigin", {"origin": network.url, "quotaSize": 6_000_000})
    mine.sign_in(cast.guard).open("/phone/hand-over")
    strange = b"\x00\x00\x00\x18ftypheic" + random.Random(20).randbytes(2_500_000)
    mine.fill("register", **HAND_OVER)
    field = mine.form("register").locator("input[type=file]").first
    shots = [{"name": f"{n}.heic", "mimeType": "image/heic", "buffer": strange + bytes([n])} for n in range(4)]
    for shot in shots:
        field.set_input_files([shot])
    mine.wait_for(lambda: mine.chosen("photos") == len(shots))
    mine.press("register")
    mine.is_told_not_saved()
    assert mine.entries() == []
    assert mine.form("register").locator("[name=words]").input_value() == HAND_OVER["words"]
    assert stored.reports(cast.guard) == []
    tools.send("Storage.overrideQuotaForOrigin", {"origin": network.url})  # Chromium believes it after half a minute

    def is_saved_now() -> list:
        mine.page.locator("[data-not-saved]").evaluate("(alarm) => alarm.remove()")
        mine.press("register")
        mine.wait_for(lambda: mine.entries() or mine.page.locator("[data-not-saved]").count())
        return mine.entries() or mine.page.wait_for_timeout(2_000)

    [entry] = mine.wait_for(is_saved_now, patience=90)
    assert len(entry["photos"]) == len(shots), "What could not be saved was kept on the page."
    mine.delivered()
    assert [report.words for report in stored.reports(cast.guard)] == [HAND_OVER["words"]]


def test_a_half_written_form_and_its_photo_survive_the_camera_killing_the_page(cast, job, phone, network):
    """Scenario 23."""
    mine = phone(cast.technician, restarts=True)
    mine.holds(f"/phone/jobs/{job.id}")
    network.down()
    mine.open_job(job).tap("arrive")
    mine.fill("complete", outcome="fixed", work_done="写了一半", photos_after=[picture()])
    mine.wait_for(lambda: [one for one in mine.stored("drafts") if "写了一半" in str(one["fields"]) and one["photos"]])
    mine.kill()
    mine.open_job(job)
    mine.wait_for(lambda: mine.chosen("photos_after") == 1)
    assert mine.form("complete").locator("[name=work_done]").input_value() == "写了一半"
    mine.tap("complete")
    network.mend()
    mine.send_now()
    mine.delivered()
    assert stored.events(job)[-1].details["work_done"] == "写了一半"
    assert len(stored.pictures()) == 1


# Sends the form, and puts the phone away with the finger still on the button: until the form is emptied.
SEND_AND_LEAVE = """async (form) => {
  form.requestSubmit();
  Object.defineProperty(document, "hidden", { get: () => true });
  while (form.elements.work_done.value) {
    document.dispatchEvent(new Event("visibilitychange"));
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
}"""


def test_what_was_sent_does_not_come_back_as_a_draft_when_the_phone_is_put_away_at_once(cast, job, phone):
    """Scenario 23."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    mine.open_job(job).go_offline()
    form = mine.fill("complete", outcome="fixed", work_done="更换角阀", photos_after=[picture()])
    form.evaluate(SEND_AND_LEAVE)
    assert mine.entries()
    assert mine.stored("drafts") == []
    mine.open_job(job)
    assert mine.chosen("photos_after") == 0


def test_what_was_said_to_be_saved_survives_kill_9(cast, phone, network):
    """Scenario 31."""
    mine = phone(cast.guard, restarts=True)
    mine.holds("/phone/hand-over")
    network.down()
    mine.open("/phone/hand-over").tap("register", **HAND_OVER, photos=[picture()])
    mine.kill()
    mine.open("/phone/outbox")
    mine.wait_for(lambda: mine.cards() == 1)
    network.mend()
    mine.send_now()
    mine.delivered()
    assert len(stored.reports(cast.guard)) == len(stored.pictures()) == 1


def test_storage_that_dies_under_the_page_is_opened_again(cast, phone):
    """Scenario 35."""
    mine = phone(cast.guard)
    mine.holds("/phone/hand-over")
    mine.open("/phone/hand-over").go_offline()
    mine.page.evaluate(LOSE_STORAGE, 1)
    mine.tap("register", **HAND_OVER)
    mine.go_online()
    mine.delivered()
    assert len(stored.reports(cast.guard)) == 1


def test_storage_that_stays_dead_is_said_to_have_saved_nothing(cast, phone):
    """Scenario 35."""
    mine = phone(cast.guard)
    mine.holds("/phone/hand-over")
    mine.open("/phone/hand-over").go_offline()
    mine.page.evaluate(LOSE_STORAGE, ALWAYS)
    mine.fill("register", **HAND_OVER)
    mine.press("register")
    mine.is_told_not_saved()
    assert mine.form("register").locator("[name=words]").input_value() == HAND_OVER["words"]


def test_an_entry_stuck_for_a_day_asks_for_attention_and_can_be_carried_to_the_centre(cast, app, phone, network):
    """Scenario 47."""
    mine = phone(cast.guard).open("/phone/hand-over")
    network.on("POST /phone/hand-over", lose_request, ALWAYS)
    entry = mine.tap("register", **HAND_OVER, photos=[picture()])
    mine.wait_for(lambda: mine.entry(entry["id"])["first_try"])
    mine.open("/phone/outbox")
    set_clock(mine, timedelta(hours=25))
    mine.page.locator("#send-now").click()
    mine.settled(entry["id"], "attention")
    with mine.page.expect_download() as saved:
        mine.page.locator("#export").click()
    carried = {"then": "bring", "file": (saved.value.path().open("rb"), "yingda-outbox.json")}
    assert signed_in(app, cast.agent).post("/phones/load", data=carried).location == "/phones/refused"
    brought = stored.receipt(entry["id"])
    assert brought.fields["words"] == [HAND_OVER["words"]]
    assert [photo["state"] for photo in brought.photos] == ["kept"]
    network.mend()
    mine.open("/phone/outbox")
    mine.send_now()
    mine.delivered()
    assert len(stored.reports(cast.guard)) == len(stored.pictures()) == 1, "Brought and delivered is once."


def test_an_entry_the_server_has_stumbled_over_twenty_times_asks_for_attention(cast, phone, network):
    """Scenario 47."""
    mine = phone(cast.guard).open("/phone/hand-over")
    network.on("POST /phone/hand-over", answer(500), ALWAYS)
    entry = mine.tap("register", **HAND_OVER)
    mine.open("/phone/outbox")

    def is_stuck() -> bool:
        now = mine.entry(entry["id"])
        assert (now["state"] == "attention") == (now["tries"] >= 20), now
        return now["state"] == "attention"

    mine.wait_for(lambda: is_stuck() or mine.send_now(), patience=4 * PATIENCE)  # twenty tries
    assert len(network.sent("POST /phone/hand-over")) >= 20, "Each counted try was one."
    network.mend()
    mine.send_now()
    mine.delivered()


MANY, WITH_PHOTO, PHOTO_SIZE = 500, 100, 3_000_000  # entries, how many of them with a photo, bytes of each: 300 MB

# One entry as the form made it, many times over, a hundred with a photo: what weeks without a signal would leave. Each
# photo is the first one with other bytes behind the picture, which changes its sha-256 and no pixel.
MULTIPLY = """async ([first, count, withPhoto, size]) => {
  const database = await new Promise((resolve) => {
    indexedDB.open("yingda").onsuccess = ({ target }) => resolve(target.result);
  });
  const { sequence, ...entry } = first;
  const shot = await new Promise((resolve) => {
    const reading = database.transaction("photos").objectStore("photos").get(`${entry.id}/0`);
    reading.onsuccess = () => resolve(new Uint8Array(reading.result));
  });
  const bytes = new Uint8Array(size);
  for (let at = 0; at < size; at += 65536) crypto.getRandomValues(bytes.subarray(at, Math.min(size, at + 65536)));
  bytes.set(shot);
  for (let n = 2; n <= count; n += 1) {
    const id = crypto.randomUUID();
    const fields = entry.fields.map(([name, value]) => [name, name === "words" ? `第 ${n} 件` : value]);
    const photos = [];
    if (n <= withPhoto + 1) {
      new DataView(bytes.buffer).setUint32(size - 4, n);
      const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
      const sha256 = Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
      photos.push({ ...entry.photos[0], size, sha256 });
    }
    const transaction = database.transaction(["entries", "photos"], "readwrite");
    transaction.objectStore("entries").add({ ...entry, id, chain: `new:${id}`, fields, photos });
    if (photos.length) transaction.objectStore("photos").add(bytes.buffer, `${id}/0`);
    await new Promise((resolve) => { transaction.oncomplete = resolve; });
  }
  database.close();
}"""


@pytest.mark.long
def test_hundreds_of_entries_and_many_photos_are_brought_in_order_within_bounds(cast, phone):
    """Scenario 55."""
    mine = phone(cast.guard, restarts=True)
    mine.holds("/phone/hand-over")
    mine.open("/phone/hand-over").go_offline()
    first = mine.tap("register", room="3-2-501", words="第 1 件", photos=[picture()])
    mine.page.evaluate(MULTIPLY, [mine.entry(first["id"]), MANY, WITH_PHOTO, PHOTO_SIZE])
    mine.open("/phone/reports")
    tools, held = mine.context.new_cdp_session(mine.page), 0
    mine.go_online()
    deadline = time.monotonic() + 10 * PATIENCE
    while stored.count(Attachment) <= WITH_PHOTO and time.monotonic() < deadline:
        mine.page.wait_for_timeout(250)
        held = max(held, tools.send("Runtime.getHeapUsage")["backingStorageSize"])
    mine.delivered()
    asked = stored.select(Event).where(Event.action == "register").order_by(Event.recorded_at)
    receipts = {receipt.id: receipt.sequence for receipt in stored.receipts()}
    assert [receipts[event.id] for event in stored.fresh(asked)] == list(
        range(first["sequence"], first["sequence"] + MANY)
    )
    assert len({report.id for report in stored.reports(cast.guard)}) == MANY
    assert len(stored.pictures()) == WITH_PHOTO + 1
    assert held < 30 * PHOTO_SIZE, "The queue, and its spares, go through memory photo by photo."


def tear(phone):
    """As if the browser had been killed while it wrote: the end of the last record never reached the disk.

    Chromium goes on behind such a record; the next time it opens the database it finds it damaged, and empties it.
    """
    phone.close()
    [log] = phone.profile.glob("Default/IndexedDB/*.leveldb/*.log")
    os.truncate(log, log.stat().st_size - 3)
    phone.start()
    phone.go_offline()


def test_what_waits_outlives_a_browser_that_empties_its_database(cast, phone, network):
    """Scenario 69."""
    mine = phone(cast.guard, restarts=True)
    mine.holds("/phone/hand-over")
    mine.go_offline()
    mine.open("/phone/hand-over")
    saved = [
        mine.tap_and_rest("register", **HAND_OVER | {"words": words}, photos=[picture()]) for words in ("一", "二")
    ]
    discarded = mine.tap_and_rest("register", **HAND_OVER | {"words": "不用了"})
    mine.open("/phone/outbox").discard(discarded)
    mine.hears("discard_withdrawn")
    mine.until(SPARES, 2 + 2)  # each of the two with its photo
    network.down()  # also for the worker, which a new start may wake before the phone is offline again
    tear(mine)
    saved.append(mine.open("/phone/hand-over").tap("register", **HAND_OVER | {"words": "三"}))
    mine.restart().go_offline()
    mine.open("/phone/outbox")
    mine.wait_for(lambda: [entry["id"] for entry in mine.entries()] == [entry["id"] for entry in saved])
    mine.discard(saved[0])
    mine.hears("discard_network")  # nobody can say any more whether the server knows it
    network.mend()
    mine.go_online()
    mine.open("/phone/hand-over").delivered()
    assert [report.words for report in stored.reports(cast.guard)] == ["一", "二", "三"]
    assert len(stored.pictures()) == 2
    mine.wait_for(
        lambda: [row for row in stored.fresh(stored.select(PhoneRow)) if row.lost_at], "the centre knowing it"
    )
    mine.until(SPARES, 0)  # and nothing is kept for longer


def test_a_full_phone_brings_back_all_that_waited(cast, phone, network):
    """Scenario 69."""
    mine = phone(cast.guard, restarts=True)
    mine.holds("/phone/hand-over")
    mine.go_offline()
    mine.open("/phone/hand-over")
    strange = [random.Random(number).randbytes(1_500_000) for number in range(3)]
    saved = [mine.tap_and_rest("register", **HAND_OVER, photos=[shot]) for shot in strange]
    mine.page.evaluate(EMPTY)
    network.down()
    mine.restart().go_offline()
    tools = mine.context.new_cdp_session(mine.page)
    used = tools.send("Storage.getUsageAndQuota", {"origin": network.url})["usage"]
    tools.send("Storage.overrideQuotaForOrigin", {"origin": network.url, "quotaSize": used + 1_000_000})
    mine.open("/phone/outbox")
    mine.wait_for(lambda: [entry["id"] for entry in mine.entries()] == [entry["id"] for entry in saved])
    assert mine.stored("photos") == [len(shot) for shot in strange]


def test_a_database_named_by_a_worker_that_knows_no_spares_is_not_taken_for_whole(cast, phone):
    """Scenario 69."""
    mine = phone(cast.guard).open("/phone/hand-over")
    mine.holds("/phone/hand-over")
    mine.go_offline()
    saved = mine.tap_and_rest("register", **HAND_OVER)
    mine.page.evaluate(FORGET, ["entries", "whole"])
    assert mine.entries() == []
    mine.open("/phone/outbox")
    assert mine.wait_for(mine.entries)[0]["id"] == saved["id"]


def test_nobody_is_signed_in_again_by_pages_left_behind(cast, phone, network):
    """Scenario 69."""
    mine = phone(cast.guard).open("/phone/hand-over")
    mine.holds("/phone/reports")
    mine.go_offline()
    mine.page.goto(network.url + "/phone/signed-out")  # no script of a page is at work any more
    mine.page.evaluate(FORGET, ["entries", "person"])
    mine.page.evaluate(FORGET, ["entries", "whole"])
    mine.page.goto(network.url + "/phone/reports")
    assert mine.page.title().startswith("没有网络")


def test_what_was_saved_before_there_were_spares_gets_one(cast, phone):
    """Scenario 69."""
    mine = phone(cast.guard).open("/phone/hand-over")
    mine.holds("/phone/hand-over")
    mine.go_offline()
    mine.tap_and_rest("register", **HAND_OVER, photos=[picture()])
    mine.page.evaluate("() => caches.delete('unsent')")
    mine.open("/phone/outbox")
    mine.until(SPARES, 2)  # words and photo


def test_a_browser_whose_cache_is_broken_saves_and_delivers_all_the_same(cast, phone):
    """Scenario 69."""
    mine = phone(cast.guard)
    mine.page.add_init_script("CacheStorage.prototype.open = () => Promise.reject(new Error('The cache is broken.'))")
    mine.page.evaluate(EMPTY)
    mine.open("/phone/hand-over").tap("register", **HAND_OVER)
    mine.delivered()
    assert len(stored.reports(cast.guard)) == 1


def test_storage_that_was_emptied_is_noticed_and_reported(cast, phone, network):
    """Scenario 69."""
    mine = phone(cast.guard)
    mine.page.goto("about:blank")
    tools = mine.context.new_cdp_session(mine.page)
    tools.send("Storage.clearDataForOrigin", {"origin": network.url, "storageTypes": "indexeddb,cache_storage"})
    mine.open("/phone/hand-over")
    mine.wait_for(lambda: [row for row in stored.fresh(stored.select(PhoneRow)) if row.lost_at])
