"""Each photo goes on its own, is acknowledged by its hash, and is resumed where it stopped."""

import hashlib
import random
import socket
import time
from uuid import uuid4

import pytest

from tests.offline import faults, stored
from tests.offline.faults import ALWAYS
from tests.offline.phone import photos
from tests.offline.test_delivery import FIXED, HAND_OVER
from tests.pictures import exif, picture

PHOTO = "POST /phone/entries/[^/]+/photos"
TWO_MEGABYTES = picture("PNG") + b"\0" * 2_000_000


def listed(content: bytes, field: str = "photos") -> str:
    """A list of photos to come, of one."""
    sha256 = hashlib.sha256(content).hexdigest()
    return f'[{{"field":"{field}","sha256":"{sha256}","name":"1.jpg","size":{len(content)},"type":"image/jpeg"}}]'


def test_a_lost_answer_and_a_stumble_on_photos_bring_each_once(cast, phone, network):
    """Scenario 5."""
    mine = phone(cast.guard).open("/phone/hand-over")
    network.on(PHOTO, faults.lose_reply)
    network.on(PHOTO, faults.answer(500))
    mine.tap("register", **HAND_OVER, photos=photos(2))
    mine.delivered()
    assert len(stored.pictures()) == 2


def test_ten_photos_go_on_where_the_network_broke(cast, phone, network):
    """Scenario 43."""
    mine = phone(cast.guard).open("/phone/hand-over")
    for _ in range(5):
        network.on(PHOTO, faults.passing)
    network.on(PHOTO, faults.lose_request, ALWAYS)
    id = mine.tap("register", **HAND_OVER, photos=photos(10, (400, 300)))["id"]
    mine.wait_for(lambda: len(network.sent(PHOTO)) > 5)
    acknowledged = {photo["sha256"] for photo in mine.entry(id)["photos"] if photo["state"] == "kept"}
    assert len(acknowledged) >= 4
    network.mend()
    begun = len(network.seen)
    mine.send_now()
    mine.delivered()
    assert len(stored.pictures()) == 10
    assert not {seen.path.rpartition("/")[2] for seen in network.seen[begun:]} & acknowledged


def test_half_a_photo_is_not_kept_and_comes_again(cast, phone, network):
    """Scenario 38."""
    mine = phone(cast.guard).open("/phone/hand-over")
    network.on(PHOTO, faults.cut_request)
    mine.tap("register", **HAND_OVER, photos=photos(1))
    mine.wait_for(lambda: 400 in [seen.status for seen in network.sent(PHOTO)])
    mine.send_now()
    mine.delivered()
    assert len(stored.pictures()) == 1


def test_words_cut_off_before_their_photos_were_named_come_again(cast, phone, network):
    """Scenario 38."""
    mine = phone(cast.guard).open("/phone/hand-over")
    network.on("POST /phone/hand-over", faults.cut_before(b"&photos_to_come"))
    network.on("POST /phone/hand-over", faults.lose_request, ALWAYS)
    mine.tap("register", **HAND_OVER, photos=photos(1))
    mine.wait_for(lambda: 400 in [seen.status for seen in network.sent("POST /phone/hand-over")])
    assert stored.reports(cast.guard) == []
    network.mend()
    mine.send_now()
    mine.delivered()
    assert len(stored.reports(cast.guard)) == len(stored.pictures()) == 1


def test_bytes_that_are_not_what_they_say_are_refused(cast, wire):
    """Scenario 38."""
    hers, id, content = wire(cast.guard), str(uuid4()), picture()
    assert hers.deliver("/phone/hand-over", id, **HAND_OVER, photos_to_come=listed(content)).status == 200
    sha256 = hashlib.sha256(content).hexdigest()
    path, kind = f"/phone/entries/{id}/photos/{sha256}", {"Content-Type": "image/jpeg"}
    answer = hers.post(path, content[:50], kind)
    assert (answer.status, answer.verdict["verdict"]) == (400, "damaged")
    assert hers.post(path, b"", kind).status == 400
    assert stored.pictures() == []
    assert hers.post(path, content, kind).verdict["verdict"] == "kept"
    assert hers.post(path, content, kind).verdict["verdict"] == "kept"
    assert len(stored.pictures()) == 1


def test_a_photo_of_an_unknown_entry_asks_for_the_words(cast, wire):
    """Scenario 5."""
    content = picture()
    path = f"/phone/entries/{uuid4()}/photos/{hashlib.sha256(content).hexdigest()}"
    assert wire(cast.guard).post(path, content, {"Content-Type": "image/jpeg"}).verdict["verdict"] == "unknown"


def test_a_signature_goes_with_the_words(cast, job, phone):
    """Scenario 42."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    mine.open_job(job).go_offline()
    mine.fill("complete", **FIXED)
    pad = mine.form("complete").locator("canvas").first
    pad.hover(position={"x": 20, "y": 20})  # once nothing moves any more
    box = pad.bounding_box()
    mine.page.mouse.down()
    for step in range(1, 6):
        mine.page.mouse.move(box["x"] + 20 + 20 * step, box["y"] + 20 + 8 * step)
    mine.page.mouse.up()
    mine.tap("complete")
    mine.go_online()
    mine.delivered()
    assert len(stored.pictures()) == 1


def test_a_picture_no_browser_can_draw_is_sent_as_it_is_and_judged_by_the_server(cast, phone):
    """Scenario 44."""
    mine = phone(cast.guard)
    mine.holds("/phone/hand-over")
    mine.open("/phone/hand-over").go_offline()
    strange = b"\x00\x00\x00\x18ftypheic" + random.Random(44).randbytes(3000)
    entry = mine.tap("register", **HAND_OVER, photos=[strange, picture()])
    mine.go_online()
    mine.wait_for(lambda: [photo["state"] for photo in mine.entry(entry["id"])["photos"]] == ["refused", "kept"])
    assert len(stored.reports(cast.guard)) == len(stored.pictures()) == 1


def test_a_large_photo_is_made_small_on_the_phone_and_stays_upright(cast, phone):
    """Scenario 44."""
    mine = phone(cast.guard).open("/phone/hand-over")
    mine.tap("register", **HAND_OVER, photos=[picture(size=(4000, 3000), exif=exif(turned=6))])
    mine.delivered()
    [kept] = stored.pictures()
    assert (kept.width, kept.height) == (1200, 1600)


def test_a_photo_on_a_thin_line_is_given_the_time_it_needs(cast, job, phone, network):
    """Scenario 70: 50 kbit/s from the first byte on; the minutes are the clock's of the page, not ours."""
    mine = phone(cast.technician)
    mine.page.clock.install()
    mine.open_job(job)
    network.on(PHOTO, faults.Thin(50_000), ALWAYS)
    raw = {"name": "photo", "mimeType": "", "buffer": TWO_MEGABYTES}  # kept as it is, as what the browser cannot read
    mine.fill("annotate", words="水表读数").locator("input[type=file]").set_input_files([raw])
    entry = mine.tap("annotate")
    assert mine.settled(entry["id"], "photos")["photos"][0]["size"] > 2_000_000
    mine.wait_for(lambda: [sent for sent in network.sent(PHOTO) if len(sent.body) > 20_000])
    mine.page.clock.fast_forward(5 * 60_000)
    mine.wait_for(lambda: len(network.sent(PHOTO)[-1].body) > 40_000)
    assert len(network.sent(PHOTO)) == 1, "Five minutes are not too long for two megabytes."
    network.mend()
    mine.delivered()
    assert len(stored.pictures()) == len(network.sent(PHOTO)) == 1


def test_a_photo_removed_while_the_next_is_made_small_stays_removed(cast, phone):
    """Scenario 44."""
    mine = phone(cast.guard).open("/phone/hand-over")
    mine.fill("register", photos=[picture()])
    camera = mine.form("register").locator("input[type=file]").first
    camera.evaluate(
        """async (camera) => {
          const canvas = Object.assign(document.createElement("canvas"), { width: 3000, height: 2000 });
          const pen = canvas.getContext("2d");
          for (let line = 0; line < 2000; line += 1) {
            pen.fillStyle = `hsl(${(line * 97) % 360} 80% 50%)`;
            pen.fillRect(0, line, 3000, 1);
          }
          const shot = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", 0.95));
          const roll = new DataTransfer();
          roll.items.add(new File([shot], "2.jpg", { type: "image/jpeg" }));
          camera.files = roll.files;
          camera.dispatchEvent(new Event("change", { bubbles: true }));
          await Promise.resolve();
          camera.parentElement.querySelector(".chosen button").click();
        }"""
    )
    mine.wait_for(lambda: "2.jpg" in str(mine.stored("drafts")))
    assert mine.chosen("photos") == 1


@pytest.mark.long
@pytest.mark.parametrize("seconds", [35])
def test_a_photo_on_the_thinnest_line_is_not_cut_off_by_the_server(cast, wire, server, seconds):
    """Scenario 70: 50 kbit/s for longer than gunicorn waits for anything, then the rest at once."""
    hers, id = wire(cast.guard), str(uuid4())
    content = TWO_MEGABYTES
    hers.deliver("/phone/hand-over", id, **HAND_OVER, photos_to_come=listed(content))
    head = (
        f"POST /phone/entries/{id}/photos/{hashlib.sha256(content).hexdigest()} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        f"X-Phone: {hers.phone}\r\nX-Person: {hers.person}\r\nSec-Fetch-Site: same-origin\r\nCookie: {hers.cookie}\r\n"
        f"Content-Type: image/png\r\nContent-Length: {len(content)}\r\nConnection: close\r\n\r\n"
    )
    piece = 50_000 // 8
    with socket.create_connection(("127.0.0.1", server.port), timeout=60) as line:
        line.sendall(head.encode())
        for number in range(seconds):
            line.sendall(content[number * piece : (number + 1) * piece])
            time.sleep(1)
        line.sendall(content[seconds * piece :])
        answer = b"".join(iter(lambda: line.recv(65536), b""))
    assert b'"kept"' in answer
    assert len(stored.pictures()) == 1
