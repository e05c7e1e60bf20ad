"""The phones: the whole job without script, on the smallest screen, in the largest type."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from actions import telling
from extensions import db
from models import Category, ServiceRequest
from tests.actions.situations import accepted
from tests.factories import dispatched, do, registered
from tests.pictures import picture

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "locale": "zh-CN"}
SMALLEST = PHONE | {"viewport": {"width": 320, "height": 568}}
WITHOUT_SCRIPT = PHONE | {"java_script_enabled": False}


@pytest.fixture
def quick(cast):
    """The dripping tap is one tap on the guard's screen."""
    db.session.get_one(Category, cast.dripping_tap.id).is_quick = True
    db.session.commit()


def the_request():
    """As it is now, whatever the test holds of it."""
    db.session.rollback()
    return db.session.scalars(select(ServiceRequest).execution_options(populate_existing=True)).one()


def follow(page, element):
    """Press what leads to another page, and wait for it."""
    with page.expect_navigation():
        element.click()


def test_a_technician_does_the_whole_job_without_script(cast, browse):
    _, job = dispatched(cast)
    page = browse(cast.technician, **WITHOUT_SCRIPT)
    page.goto("/phone/")
    follow(page, page.locator(".job-card"))
    for action in ("acknowledge", "arrive"):
        follow(page, page.locator(f"#form-{action} button"))
    page.get_by_label("已修复").check()
    page.locator("#complete-work_done").fill("更换角阀")
    page.locator("#complete-photos_after").set_input_files(
        {"name": "after.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    follow(page, page.locator("#form-complete button[type=submit]"))
    expect(page.locator("#job")).to_contain_text("更换角阀")
    assert the_request().status == "completed"


def test_a_technician_waits_for_parts_and_goes_on_without_script(cast, browse):
    _, job = dispatched(cast)
    do("arrive", job, cast.technician)
    page = browse(cast.technician, **WITHOUT_SCRIPT)
    page.goto(f"/phone/jobs/{job.id}")
    page.locator("#hold > summary").click()
    page.locator("#form-hold input[value=parts]").check()
    page.locator("#form-hold input[name=until]").first.check()
    follow(page, page.locator("#form-hold button[type=submit]"))
    follow(page, page.locator("#form-resume button"))
    expect(page.locator("#form-complete")).to_be_visible()


def test_a_guard_hands_over_by_taps_alone_without_script(cast, quick, browse):
    page = browse(cast.guard, **WITHOUT_SCRIPT)
    page.goto("/phone/hand-over")
    for _ in range(6):  # building, entrance, floor, room: as many as this building asks for
        if not page.locator("#step-1").count():
            break
        follow(page, page.locator("#step-1"))
    expect(page.locator("#found")).to_contain_text("3-2-501")
    page.get_by_label("水龙头滴水").check()
    follow(page, page.locator("button[form=hand-over]"))
    page.wait_for_url(re.compile("/phone/hand-over/[0-9a-f-]{36}$"))
    assert the_request().unit_id == cast.unit.id
    page.get_by_role("link", name="我的上报").first.click()
    expect(page.locator("main")).to_contain_text("3-2-501")


def test_an_agent_accepts_and_dispatches_without_script(cast, browse):
    service_request = registered(cast)
    page = browse(cast.agent, java_script_enabled=False, locale="zh-CN")
    page.goto("/desk")
    follow(page, page.locator(".row-link"))
    follow(page, page.get_by_role("button", name="受理"))
    page.get_by_role("link", name="派单").first.click()
    page.get_by_label("李师傅").check()
    follow(page, page.locator("#action-form button[type=submit]"))
    expect(page.locator("#service-request")).to_contain_text("李师傅")
    assert the_request().status == "in_progress"
    assert the_request().id == service_request.id


ADDRESSES = {
    "technician": ("/phone/", "/phone/jobs/{job}", "/notices", "/me"),
    "guard": ("/phone/hand-over", "/phone/hand-over?room=3-2-501", "/phone/reports"),
    "head": ("/phone/department",),
    "agent": ("/desk", "/service-requests/{request}", "/service-requests/{request}/dispatch", "/service-requests/new"),
}


@pytest.fixture
def addresses(cast, quick):
    """Something long on every page."""
    long = {"words": "卫生间天花板一直漏水" * 12 + "https://example.test/" + "a" * 90, "caller_name": "阿卜杜拉·" * 5}
    accepted(cast, by=cast.guard, unit_id="", place="地下车库B区靠近货梯" * 4, **long)
    service_request, job = dispatched(cast, by=cast.guard, **long)
    return {
        who: [address.format(job=job.id, request=service_request.id) for address in some]
        for who, some in ADDRESSES.items()
    }


def overflow(page):
    """By how many pixels the page is wider than the screen."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


@pytest.mark.parametrize("who", ADDRESSES)
@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_the_smallest_phone_never_scrolls_sideways(cast, browse, addresses, who, locale):
    page = browse(getattr(cast, who), **SMALLEST | {"locale": locale})
    for address in addresses[who]:
        page.goto(address)
        page.evaluate("document.querySelectorAll('main details').forEach(fold => fold.open = true)")
        assert overflow(page) <= 0, address


@pytest.mark.parametrize("who", ["technician", "guard", "head"])
def test_type_of_twice_the_size_stays_on_the_screen_and_covers_nothing(cast, browse, addresses, who):
    page = browse(getattr(cast, who), **PHONE)
    for address in addresses[who]:
        page.goto(address)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        page.evaluate("document.querySelectorAll('main details').forEach(fold => fold.open = true)")
        assert overflow(page) <= 0, address
        page.evaluate("window.scrollTo(0, document.body.scrollHeight)")
        assert page.evaluate(COVERED) == [], address


# What a finger meant for the last thing on the page would touch instead.
COVERED = """() => {
  const things = [...document.querySelectorAll("main a, main button, main input:not([type=hidden])")]
    .filter((thing) => thing.checkVisibility() && thing.getBoundingClientRect().height > 1);
  const last = things.at(-1);
  if (!last) return [];
  last.scrollIntoView({ block: "center", behavior: "instant" });
  const box = last.getBoundingClientRect();
  const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const label = last.closest("label");
  const isHit = hit && (last.contains(hit) || hit.contains(last) || label?.contains(hit));
  return isHit ? [] : [last.outerHTML, hit?.outerHTML];
}"""


OFF_ITS_MIDDLE = """element => {
  const text = document.createRange();
  text.selectNodeContents(element);
  const [outer, inner] = [element.getBoundingClientRect(), text.getBoundingClientRect()];
  return (inner.left - outer.left) - (outer.right - inner.right);
}"""


def test_a_bell_with_a_dozen_notices_shows_the_whole_number(cast, browse):
    for _ in range(12):
        dispatched(cast)
    telling.tell(by_email=False)
    page = browse(cast.technician, **PHONE)
    page.goto("/phone/")
    count = page.locator("#bell .count")
    expect(count).to_have_text("12")
    assert abs(count.evaluate(OFF_ITS_MIDDLE)) <= 1


def test_a_thumb_hits_everything_on_a_phone(cast, browse, addresses):
    """44 CSS pixels in both directions; links within a sentence are excepted."""
    for who in ("technician", "guard", "head"):
        page = browse(getattr(cast, who), **PHONE)
        for address in addresses[who]:
            page.goto(address)
            page.evaluate("document.querySelectorAll('main details').forEach(fold => fold.open = true)")
            assert page.evaluate(TOO_SMALL) == [], (who, address)


TOO_SMALL = """() => {
  const isSeen = (thing) => thing.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const isTooSmall = ({ width, height }) => width > 1 && (width < 43.5 || height < 43.5);
  return [...document.querySelectorAll("a, button, summary, input:not([type=hidden]), select, textarea")]
    .filter((thing) => isSeen(thing) && !thing.closest(".visually-hidden, .skip, p, dd"))
    .map((thing) => (thing.matches("[type=radio], [type=checkbox]") ? thing.closest("label") ?? thing : thing))
    .filter((thing) => isTooSmall(thing.getBoundingClientRect()))
    .map((thing) => thing.outerHTML.slice(0, 160));
}"""
