"""The worker: what was opened, or belongs to the shift, opens without a network; and nothing else does."""

import re
from io import BytesIO

import pytest
from playwright.sync_api import expect

from config import ROOT
from domain.unit_labels import SPELLING, label_of
from tests.browser.waits import until
from tests.factories import dispatched
from tests.pictures import picture

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "locale": "zh-CN"}
IS_KEPT = "async (path) => Boolean(await caches.match(path))"

IS_NOTED = """(key) => new Promise((resolve) => {
  const opening = indexedDB.open("yingda");
  opening.onsuccess = () => {
    const reading = opening.result.transaction("notes").objectStore("notes").get(key);
    reading.onsuccess = () => { opening.result.close(); resolve(Boolean(reading.result)); };
  };
})"""


@pytest.fixture
def carry(browse):
    """`carry(technician, "/phone/")`: a phone with the worker in charge, on which these pages have arrived."""

    def phone_of(user, *pages):
        page = browse(user, **PHONE)
        page.goto("/phone/start")
        until(page, "() => Boolean(navigator.serviceWorker.controller)")
        for path in pages:
            until(page, IS_KEPT, path)
        return page

    return phone_of


def test_every_page_of_the_shift_opens_without_a_network(cast, carry):
    request, job = dispatched(cast)
    page = carry(cast.technician, f"/phone/jobs/{job.id}")
    page.context.set_offline(True)
    page.goto("/phone/")
    page.locator(f"#job-{job.id}").click()
    expect(page.locator("h1")).to_have_text(request.reference)
    for path in ("/phone/hand-over", "/phone/reports"):
        page.goto(path)
        expect(page.locator("h1")).to_be_visible()


def test_what_is_not_on_the_phone_says_so(cast, carry):
    page = carry(cast.technician, "/phone/outbox")
    page.context.set_offline(True)
    page.goto("/phone/department")
    expect(page.locator("h1")).to_have_text("没有网络")


def test_the_icon_leads_home_without_a_network(cast, carry):
    page = carry(cast.guard, "/phone/outbox")
    page.context.set_offline(True)
    page.goto("/phone/start")
    expect(page).to_have_url(re.compile("/phone/hand-over$"))


def test_who_signs_out_without_a_network_leaves_nothing_to_look_at(cast, carry, app):
    page = carry(cast.technician, "/phone/outbox")
    page.goto("/me")
    page.context.set_offline(True)
    page.get_by_role("button", name="退出登录", exact=True).click()
    expect(page.locator("h1")).to_have_text("已退出登录")
    page.goto("/phone/reports")
    expect(page.locator("h1")).to_have_text("没有网络")
    page.context.set_offline(False)
    page.goto("/phone/")
    expect(page).to_have_url(re.compile("/sign-in"))


def test_a_guard_finds_room_and_caller_without_a_network(cast, carry):
    page = carry(cast.guard, "/phone/outbox")
    until(page, IS_NOTED, "directory")
    page.context.set_offline(True)
    page.goto("/phone/hand-over")
    page.locator("[name=room]").fill("３栋2单元501室")
    expect(page.locator("#found")).to_contain_text("3-2-501")
    expect(page.locator("[name=caller_name]")).to_have_value(cast.resident.name)
    page.locator("[name=room]").fill("99-9")
    expect(page.locator("#found")).to_contain_text("没有这个房号")


def test_a_guard_finds_the_room_by_taps_without_a_network(cast, carry):
    page = carry(cast.guard, "/phone/outbox")
    until(page, IS_NOTED, "directory")
    page.context.set_offline(True)
    page.goto("/phone/hand-over")
    for name in ("3栋", "5", "501"):
        page.get_by_role("link", name=name, exact=True).click()
    expect(page.locator("[name=room]")).to_have_value("3-2-501")


def test_small_photos_of_open_jobs_are_seen_without_a_network(cast, carry, client_for):
    _, job = dispatched(cast)
    photo = (BytesIO(picture()), "before.jpg")
    client_for(cast.technician).post(f"/phone/jobs/{job.id}/annotate", data={"words": "看过了", "photos_before": photo})
    page = carry(cast.technician, f"/phone/jobs/{job.id}")
    page.goto(f"/phone/jobs/{job.id}")
    until(page, IS_KEPT, page.locator(".photos img").first.get_attribute("src"))
    page.context.set_offline(True)
    page.goto(f"/phone/jobs/{job.id}")
    until(page, "() => document.querySelector('.photos img')?.naturalWidth > 0")


WRITTEN = [
    "3-2-501",
    "３栋２单元５０１室",
    "03-02-0501",
    "3栋2单元5层501",
    "a座1203",
    "Ａ1203",
    "6-S1",
    "",
    "室",
    "0",
    " 3 / 2 / 501 ",
]
LABEL = "async ([module, ...asked]) => (await import(module)).labelOf(...asked)"
LOOK_UP = "/static/js/phone/room_lookup.js"  # as it is written; what pages get is one file with all of it


def test_a_phone_understands_a_room_as_the_server_does(cast, browse):
    page = browse(cast.guard, **PHONE)
    page.route(f"**{LOOK_UP}", lambda route: route.fulfill(path=ROOT / LOOK_UP.removeprefix("/")))
    page.goto("/phone/hand-over")
    labels = {typed: page.evaluate(LABEL, [LOOK_UP, typed, SPELLING]) for typed in WRITTEN}
    assert labels == {typed: label_of(typed) for typed in WRITTEN}
