"""An agent's day at the desk: by keyboard, in two windows, together with a colleague, and when something goes wrong."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import func, select

from extensions import db
from models import Event, Job, ServiceRequest
from tests.actions.situations import accepted
from tests.factories import registered

DESK = {"viewport": {"width": 1440, "height": 900}, "locale": "zh-CN"}


@pytest.fixture
def desk(browse, cast):
    return browse(cast.agent, **DESK)


def how_many(model, *conditions):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(model).where(*conditions))


def events(action):
    return how_many(Event, Event.action == action)


def url(service_request, action=""):
    return f"/service-requests/{service_request.id}/{action}".rstrip("/")


def test_the_keys_walk_open_begin_search_and_explain(cast, desk):
    for words in ("第一条", "第二条", "第三条"):
        registered(cast, words=words)
    desk.goto("/desk")
    links = desk.locator(".row-link")
    for key, row in (("j", 0), ("j", 1), ("j", 2), ("j", 2), ("k", 1)):
        desk.keyboard.press(key)
        expect(links.nth(row)).to_be_focused()
    desk.keyboard.press("?")
    expect(desk.locator("#help-sheet")).to_be_visible()
    assert {"j", "k", "n", "/", "f"} <= set(desk.locator("#help-sheet kbd").all_inner_texts())
    desk.keyboard.press("Escape")
    expect(desk.locator("#help-sheet")).to_be_hidden()
    desk.keyboard.press("/")
    expect(desk.get_by_role("searchbox")).to_be_focused()
    desk.keyboard.type("第二条")
    desk.keyboard.press("Enter")
    expect(links).to_have_count(1)
    desk.wait_for_load_state()  # the keys are the script's
    desk.keyboard.press("j")
    desk.keyboard.press("Enter")
    expect(desk.locator("#service-request")).to_contain_text("第二条")
    desk.wait_for_load_state()
    desk.keyboard.press("n")
    desk.wait_for_url("**/service-requests/new")


def test_of_two_who_dispatch_at_once_one_wins_and_the_other_is_told(cast, browse, desk):
    service_request = accepted(cast)
    other = browse(cast.agent2, **DESK)
    for page, words in ((desk, "带梯子"), (other, "带水泵")):
        page.goto(url(service_request, "dispatch"))
        page.get_by_label("李师傅").check()
        page.locator("#instruction").fill(words)
    for page in (desk, other):
        page.locator("#action-form button[type=submit]").click()
    expect(desk.locator("#service-request")).to_contain_text("带梯子")
    expect(other.get_by_role("alert")).to_be_visible()
    expect(other.get_by_role("alert")).to_be_focused()
    expect(other.locator("#service-request")).to_contain_text("带梯子")  # the card as it is now
    expect(other.locator("#instruction")).to_have_value("带水泵")  # and what was typed
    assert how_many(Job) == 1


def test_a_double_click_and_the_back_button_register_once(cast, desk):
    desk.goto("/service-requests/new")
    desk.fill("#unit", "3-2-501")
    desk.fill("#words", "厨房漏水")
    desk.locator(".form-actions button[value=register]").dblclick()
    desk.wait_for_url("**/service-requests/*-*")
    desk.go_back()
    expect(desk.locator("#unit")).to_have_value("")
    desk.fill("#unit", "3-2-501")  # whoever begins again sees that it is there already
    expect(desk.locator("#beside")).to_contain_text("厨房漏水")
    assert how_many(ServiceRequest) == 1


def test_the_same_button_in_two_tabs_accepts_once(cast, desk):
    service_request = registered(cast)
    second = desk.context.new_page()
    for page in (desk, second):
        page.goto(url(service_request))
    for page in (desk, second):
        page.get_by_role("button", name="受理").click()
    expect(desk.locator("#service-request")).to_contain_text("待派单")
    expect(second.locator("#service-request")).to_contain_text("待派单")
    assert events("accept") == 1


def test_a_double_click_on_an_action_does_it_once(cast, desk):
    service_request = accepted(cast)
    desk.goto(url(service_request, "chase"))
    desk.locator("#action-form textarea").fill("请快一点")
    desk.locator("#action-form button[type=submit]").dblclick()
    expect(desk.locator("#action-form")).to_have_count(0)
    expect(desk.locator("#service-request")).to_contain_text("请快一点")
    assert events("chase") == 1


def test_a_refused_form_keeps_what_was_typed_and_leads_to_the_field(cast, desk):
    service_request = accepted(cast)
    desk.goto(url(service_request, "dispatch"))
    for box in desk.locator("input[name=targets]:checked").all():
        box.uncheck()
    desk.locator("#instruction").fill("先关总阀")
    desk.locator("#action-form button[type=submit]").click()
    expect(desk.locator(".form-errors")).to_be_focused()
    expect(desk.locator("#instruction")).to_have_value("先关总阀")
    assert how_many(Job) == 0
    desk.get_by_label("李师傅").check()
    desk.locator("#action-form button[type=submit]").click()
    expect(desk.locator("#action-form")).to_have_count(0)
    expect(desk.locator("#service-request")).to_contain_text("先关总阀")
    assert how_many(Job) == 1


def test_signing_out_elsewhere_loses_no_words(cast, desk):
    service_request = accepted(cast)
    desk.goto(url(service_request, "reply"))
    desk.locator("#action-form textarea").fill("明天上午有人来")
    desk.context.clear_cookies()  # as signing out in another tab does
    desk.locator("#action-form button[type=submit]").click()
    expect(desk.locator("#announcements")).not_to_be_empty()
    expect(desk.locator("#action-form textarea")).to_have_value("明天上午有人来")
    assert events("reply") == 0


def test_a_card_on_the_screen_hears_of_the_colleague_by_itself(cast, desk, browse):
    service_request = registered(cast)
    desk.goto(url(service_request))
    other = browse(cast.agent2, **DESK)
    other.goto(url(service_request))
    other.get_by_role("button", name="受理").click()
    expect(desk.locator("#service-request")).to_contain_text("待派单")


def test_a_refresh_leaves_alone_what_is_marked_and_moves_nothing(cast, desk):
    for _ in range(40):
        registered(cast)
    desk.goto("/desk")
    desk.evaluate(
        """() => {
          window.read = document.querySelectorAll(".row-link")[30];
          read.scrollIntoView({ block: "center", behavior: "instant" });
          getSelection().selectAllChildren(read.closest("tr").querySelector(".cell-words div"));
        }"""
    )
    asked = []
    desk.on("request", lambda request: asked.append(request.url) if "seen=" in request.url else None)
    registered(cast, by=cast.guard, words="装个雨棚", kind="suggestion", service_class="suggestion")  # the last row
    refresh = 'document.getElementById("queue").dispatchEvent(new CustomEvent("refresh"))'
    place = "[Math.round(read.getBoundingClientRect().top), scrollY, read.isConnected]"
    before = desk.evaluate(place)
    desk.evaluate(f"() => {{ {refresh}; return new Promise((done) => setTimeout(done, 300)); }}")
    assert (asked, desk.evaluate("getSelection().toString()")) == ([], "厨房水管漏水，地板已经湿了")
    desk.evaluate(f"() => {{ getSelection().removeAllRanges(); {refresh}; }}")
    expect(desk.locator("#queue")).to_contain_text("装个雨棚")
    assert desk.evaluate(place) == before


A4 = {"width": 688, "height": 1017}  # CSS pixels within margins of 14 mm


def test_on_paper_there_is_what_one_reads_and_nothing_to_press(cast, browse):
    service_request = accepted(cast)
    page = browse(cast.director, **DESK | {"viewport": A4})
    for address, words in (
        (url(service_request), "厨房水管漏水"),
        (url(service_request, "slip"), "厨房水管漏水"),
        ("/desk", "3-2-501"),
        ("/statistics", "已收到"),
    ):
        page.goto(address)
        page.emulate_media(media="print")
        expect(page.get_by_text(words).first).to_be_visible()
        pressed = page.locator("button:visible, a.button:visible, nav:visible, input:visible:not([type=hidden])")
        assert pressed.count() == 0, address
        assert page.evaluate("document.documentElement.scrollWidth") <= A4["width"] + 2, (
            address
        )  # a frame may lie on the margin
