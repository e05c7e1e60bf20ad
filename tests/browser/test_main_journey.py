"""One leak from the guard's thumb to the director's figures, with everybody at their own browser."""

import re
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from actions import telling
from extensions import db
from models import Category, Job, ServiceRequest
from tests.browser.waits import shown
from tests.factories import registered
from tests.pictures import picture

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


@pytest.fixture
def quick(cast):
    """The guard's screen offers the burst pipe as one tap."""
    db.session.get_one(Category, cast.dripping_tap.id).is_quick = True
    db.session.commit()


def the_leak():
    """The request that was handed over, as it is now."""
    db.session.rollback()
    return db.session.scalars(select(ServiceRequest).where(ServiceRequest.words == "天花板一直在滴水")).one()


def tell():
    """What the worker does a moment after each change."""
    db.session.rollback()
    telling.tell(by_email=False)


def hands_over(page):
    """Room, one tap, words, send. By this phone's clock the four seconds the answer is waited for never end."""
    page.clock.set_fixed_time(datetime.now(UTC))
    page.goto("/phone/hand-over")
    page.get_by_label("房号", exact=True).fill("3-2-501")
    expect(page.locator("#found")).to_contain_text("3栋")
    page.get_by_label("水龙头滴水").check()
    page.get_by_label("业主怎么说").fill("天花板一直在滴水")
    page.locator("button[form=hand-over]").tap()
    page.wait_for_url(re.compile("/phone/hand-over/[0-9a-f-]{36}$"))


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


@pytest.mark.long
@pytest.mark.on_both
def test_a_leak_goes_its_whole_way(app, cast, quick, browse):
    registered(cast, words="楼道灯坏了", unit_id=str(cast.next_door.id))
    desk = browse(cast.agent, viewport={"width": 1440, "height": 900})
    desk.goto("/desk")
    press(desk, "j")
    selected = desk.evaluate("document.activeElement.textContent")

    guard = browse(cast.guard, **PHONE)
    hands_over(guard)
    expect(desk.locator("#queue")).to_contain_text("天花板一直在滴水")
    expect(desk.locator("#queue")).to_have_attribute("hx-trigger", re.compile("every 5s"))
    assert desk.evaluate("document.activeElement.textContent") == selected
    expect(desk.locator("#announcements")).to_contain_text("新诉求")

    accepts_and_dispatches_by_keyboard(desk)
    assert [job.holder_id for job in jobs_of(the_leak())] == [cast.technician.id]
    tell()
    technician = browse(cast.technician, **PHONE)
    does_the_job(technician)
    assert the_leak().status == "completed"
    tell()

    calls_back(desk)
    assert the_leak().status == "closed"
    tell()
    shown(guard, "/phone/reports", "已结案")
    expect(guard.locator(f"#report-{the_leak().id}")).to_contain_text("已结案")
    expect(guard.locator(f"#report-{the_leak().id} .receipts")).to_contain_text("完全满意")
    expect(guard.locator("#bell .count")).to_be_visible()
    guard.locator("#bell").tap()
    guard.locator(".notice-link").first.tap()
    guard.wait_for_url("**/phone/reports")

    counts_match_their_lists(browse(cast.director, viewport={"width": 1440, "height": 900}))


def accepts_and_dispatches_by_keyboard(page):
    """From the row to the technician without the mouse."""
    link = page.get_by_role("row").filter(has_text="天花板一直在滴水").locator(".row-link")
    rows = page.locator(".row-link")
    press(page, *["k"] * rows.count())  # to the first, then down
    until_focused(page, link, key="j")
    press(page, "Enter")
    page.wait_for_url("**/service-requests/*")
    press(page, "a")
    expect(page.locator("#service-request")).to_contain_text("待派单")
    press(page, "d")
    expect(page.locator("#action-form")).to_be_visible()
    expect(page.locator("input[name=targets]").first).to_be_focused()
    until_focused(page, page.get_by_label("李师傅"))
    press(page, "Space")
    until_focused(page, page.locator("#action-form button[type=submit]"))
    press(page, "Enter")
    expect(page.locator("#action-form")).to_have_count(0)


def until_focused(page, wanted, key="Tab"):
    """Walk on with this key until the wanted element has the focus."""
    for _ in range(40):
        if wanted.evaluate("element => element === document.activeElement"):
            return
        press(page, key)
    raise AssertionError(f"The key {key} does not reach {wanted}.")


def jobs_of(service_request):
    return db.session.scalars(select(Job).where(Job.service_request_id == service_request.id)).all()


def does_the_job(page):
    """On the phone: acknowledges, arrives, completes with a photo."""
    page.goto("/phone/")
    page.locator(".job-card").tap()
    page.wait_for_url("**/phone/jobs/*")
    for action in ("acknowledge", "arrive"):
        page.locator(f"#form-{action}.act-bar button").tap()
        expect(page.locator(f"#form-{action}")).to_have_count(0)
    form = page.locator("#form-complete")
    if not form.is_visible():
        page.locator("#complete > summary").tap()
    form.get_by_label("已修复").check()
    form.locator("#complete-work_done").fill("更换角阀")
    form.locator("#complete-photos_after").set_input_files(
        {"name": "after.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    form.locator("button[type=submit]").tap()
    expect(page.locator("#job")).to_contain_text("更换角阀")
    expect(page.locator("#job .photo img, #job [data-photo] img").first).to_be_visible()


def calls_back(page):
    """The card shows by itself that the work is done; the resident is fully satisfied."""
    expect(page.locator("#service-request")).to_contain_text("待回访")
    expect(page.locator("[data-photo]")).to_have_count(1)
    press(page, "c")
    page.get_by_label("完全满意").check()
    page.locator("#action-form textarea").fill("很快")
    page.locator("#action-form button[type=submit]").click()
    expect(page.locator("#service-request")).to_contain_text("已结案")


def counts_match_their_lists(page):
    """A number opens a list of as many rows."""
    page.goto("/statistics")
    number = page.locator(".figure a").first
    counted = int(number.inner_text())
    assert counted == 2
    number.click()
    page.wait_for_url("**/statistics/list*")
    assert page.locator("tbody tr").count() == counted
