"""The outbox of a phone: saved at the tap, delivered once, shown as it is, mended or thrown away."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from extensions import db
from models import Attachment, Event, Job
from tests.browser.waits import until
from tests.factories import dispatched
from tests.pictures import picture

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "locale": "zh-CN"}

# Whether these words, and a photo, are kept as a draft.
IS_DRAFT = """(words) => new Promise((resolve) => {
  indexedDB.open("yingda").onsuccess = ({ target: { result: database } }) => {
    const reading = database.transaction("drafts").objectStore("drafts").getAll();
    reading.onsuccess = () => {
      database.close();
      const isIt = ({ fields, photos }) => photos.length && fields.some(([, value]) => value === words);
      resolve(reading.result.some(isIt));
    };
  };
})"""


def opened(browse, user, address):
    """A page of this colleague's phone, ready to work without a network."""
    page = browse(user, **PHONE)
    page.goto(address)
    page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    return page


def the_job():
    db.session.rollback()
    return db.session.scalars(select(Job).execution_options(populate_existing=True)).one()


def events():
    """The actions recorded, in their order."""
    db.session.rollback()
    return [event.action for event in db.session.scalars(select(Event).order_by(Event.happened_at, Event.recorded_at))]


def photo(name="after.jpg"):
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture()}


def complete(page, words="更换角阀"):
    form = page.locator("#form-complete")
    if not form.is_visible():
        page.locator("#complete > summary").tap()
    form.get_by_label("已修复").check()
    form.locator("#complete-work_done").fill(words)
    return form


def test_a_tap_with_a_signal_is_saved_delivered_and_shown(cast, browse):
    _, job = dispatched(cast)
    page = opened(browse, cast.technician, f"/phone/jobs/{job.id}")
    page.locator("#form-acknowledge button").tap()
    expect(page.locator("#job [data-badge]")).to_have_text("已接单")
    expect(page.locator("#job")).to_have_attribute("data-status", "acknowledged")
    assert the_job().status == "acknowledged"
    expect(page.locator("[data-unsent]")).to_have_count(0)


def test_a_job_done_without_a_signal_arrives_in_order_with_its_photo(cast, browse):
    _, job = dispatched(cast)
    page = opened(browse, cast.technician, f"/phone/jobs/{job.id}")
    page.context.set_offline(True)
    page.locator("#form-acknowledge button").tap()
    page.locator("#form-arrive button").tap()
    form = complete(page)
    page.locator("#complete-photos_after").set_input_files(photo())
    expect(form.locator(".chosen img")).to_have_count(1)
    form.locator("button[type=submit]").tap()
    expect(page.locator("#job [data-badge]").first).to_have_text("已完工")
    expect(page.locator("[data-unsent]")).to_be_visible()
    expect(page.locator("#status-words")).to_contain_text("3")
    assert the_job().status == "dispatched"
    page.context.set_offline(False)
    expect(page.locator("#status-words")).to_contain_text("已全部发送")
    assert [action for action in events() if action in ("acknowledge", "arrive", "complete")] == [
        "acknowledge", "arrive", "complete",
    ]  # fmt: skip
    assert the_job().work_done == "更换角阀"
    assert len(db.session.scalars(select(Attachment)).all()) == 1


def test_what_is_not_accepted_is_mended_where_it_lies(cast, browse):
    _, job = dispatched(cast)
    page = opened(browse, cast.technician, f"/phone/jobs/{job.id}")
    complete(page, words="").locator("button[type=submit]").tap()
    card = page.locator("[data-entries=refused] .entry")
    card.get_by_label("做了什么").fill("更换角阀")
    card.get_by_role("button", name="重新发送").tap()
    expect(page.locator("#job")).to_have_attribute("data-status", "done")
    expect(card).to_have_count(0)
    assert the_job().work_done == "更换角阀"


def test_what_is_discarded_can_be_taken_back_and_is_then_sent(cast, browse):
    _, job = dispatched(cast)
    page = opened(browse, cast.technician, f"/phone/jobs/{job.id}")
    page.context.set_offline(True)
    page.locator("#form-acknowledge button").tap()
    expect(page.locator("[data-unsent]")).to_be_visible()
    page.context.route("**/phone/jobs/*/*", lambda route: route.abort())
    page.context.set_offline(False)
    page.goto("/phone/outbox")
    card = page.locator("[data-entries=open] .entry")
    expect(card).to_contain_text("发送过但没有收到回应")  # drawn for the last time
    card.get_by_role("button", name="丢弃").tap()
    page.locator("#settled summary").tap()
    page.context.unroute("**/phone/jobs/*/*")
    page.get_by_role("button", name="撤回").tap()
    expect(page.locator("#status-words")).to_contain_text("已全部发送")
    assert the_job().status == "acknowledged"


def test_a_draft_survives_the_page(cast, browse):
    _, job = dispatched(cast)
    page = opened(browse, cast.technician, f"/phone/jobs/{job.id}")
    complete(page)
    page.locator("#complete-photos_after").set_input_files(photo())
    expect(page.locator("#form-complete .chosen img")).to_have_count(1)
    until(page, IS_DRAFT, "更换角阀")
    page.reload()
    expect(page.locator("#complete-work_done")).to_have_value("更换角阀")
    expect(page.locator("#form-complete .chosen img")).to_have_count(1)


def test_over_plain_http_forms_are_sent_at_once_and_the_page_says_so(cast, browse, base_url):
    dispatched(cast)
    page = browse(cast.technician, **PHONE)
    lan = base_url.replace("127.0.0.1", "estate.example")
    cookies = page.context.cookies()
    page.context.add_cookies([{"name": one["name"], "value": one["value"], "url": lan} for one in cookies])
    page.goto(f"{lan}/phone/jobs/{the_job().id}")
    expect(page.locator("#status-line")).to_contain_text("只能联网使用")
    page.locator("#form-acknowledge button").click()
    expect(page.locator("#job")).to_have_attribute("data-status", "acknowledged")
    page.goto(f"{lan}/phone/outbox")
    expect(page.locator("#status-line")).to_contain_text("只能联网使用")
    expect(page.get_by_text("已全部发送")).to_be_hidden()
    expect(page.get_by_role("button", name="立即发送")).to_be_hidden()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 390])
def test_the_outbox_shuts_nobody_out_and_never_scrolls_sideways(cast, browse, violations, scheme, width):
    _, job = dispatched(cast)
    page = browse(cast.technician, **PHONE | {"viewport": {"width": width, "height": 700}, "color_scheme": scheme})
    page.goto(f"/phone/jobs/{job.id}")
    complete(page, words="").locator("button[type=submit]").tap()
    expect(page.locator("[data-entries=refused] .entry")).to_be_visible()
    assert violations(page) == []
    page.goto("/phone/outbox")
    expect(page.locator("[data-entries=open] .entry textarea").first).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
