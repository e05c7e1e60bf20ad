"""Registering with the keyboard alone, while somebody is on the telephone."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from extensions import db
from models import Job, ServiceRequest
from tests.factories import registered

URL = "/service-requests/new"


@pytest.fixture
def page(browse, cast):
    page = browse(cast.agent, locale="zh-CN")
    page.goto(URL)
    expect(page.locator("#caller_phone")).to_be_focused()
    return page


def saved():
    db.session.rollback()
    return db.session.scalars(select(ServiceRequest).order_by(ServiceRequest.recorded_at)).all()


def test_a_leak_is_registered_without_the_mouse(page, cast):
    page.keyboard.type("138001")
    page.wait_for_selector("#beside a[data-fill]")
    page.keyboard.press("Enter")  # the first caller
    expect(page.locator("#caller_name")).to_have_value("刘女士")
    expect(page.locator("#unit")).to_have_value("3-2-501")
    page.keyboard.type("滴水")
    page.keyboard.press("Tab")  # takes what is marked, and goes on
    page.keyboard.type("厨房水龙头一直滴水")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "register"
    page.keyboard.press("Enter")
    page.wait_for_url("**/service-requests/*-*")
    (service_request,) = saved()
    assert service_request.resident_id == cast.resident.id
    assert service_request.category_id == cast.dripping_tap.id
    assert service_request.caller_phone == "+8613800138000"


def test_the_tab_key_walks_in_the_order_of_the_call(page):
    names = []
    for _ in range(7):
        names.append(page.evaluate("document.activeElement.name || document.activeElement.id"))
        page.keyboard.press("Tab")
    assert names == ["caller_phone", "caller_name", "unit", "category_id-search", "words", "then", "and_next"]


def test_control_enter_registers_and_begins_the_next(page):
    page.fill("#unit", "3-2-502")
    page.fill("#words", "走廊灯不亮")
    page.keyboard.press("Control+Enter")
    page.wait_for_selector(".banner[data-tone=success]")
    expect(page.locator("#words")).to_have_value("")
    assert len(saved()) == 1


def test_control_enter_beside_the_department_dispatches(page, cast):
    page.fill("#unit", "3-2-502")
    page.fill("#words", "水管漏水")
    page.select_option("#target", f"department:{cast.engineering.id}")
    page.focus("#target")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/service-requests/*-*")
    assert len(db.session.scalars(select(Job)).all()) == 1


def test_enter_in_a_field_is_never_an_emergency(page):
    page.fill("#unit", "3-2-501")
    page.fill("#words", "咨询")
    page.press("#unit", "Enter")
    page.wait_for_url("**/service-requests/*-*")
    assert saved()[0].service_class == "minor"


def test_one_tap_on_an_emergency_sends_somebody(page):
    page.fill("#unit", "3-2-501")
    page.click("#emergencies button")
    page.wait_for_url("**/service-requests/*-*")
    assert saved()[0].status == "in_progress"


def test_what_was_typed_survives_a_refusal(page):
    page.fill("#caller_phone", "13900000000")
    page.fill("#unit", "9-9-999")
    page.fill("#words", "漏水" * 50)
    page.fill("#category_id-search", "滴水")
    page.press("#category_id-search", "Enter")
    page.set_input_files("#photos", {"name": "漏水.jpg", "mimeType": "image/jpeg", "buffer": b"not one"})
    page.click(".form-actions button[value=register]")
    page.wait_for_selector(".field-error")
    expect(page.locator("#words")).to_have_value("漏水" * 50)
    expect(page.locator("#category_id-search")).to_have_value("水龙头滴水")
    assert page.evaluate("document.getElementById('photos').files.length") == 1
    assert saved() == []


def test_what_is_already_open_is_seen_before_anything_is_written(page, cast):
    leak = registered(cast)
    page.fill("#unit", "3栋2单元501")
    page.wait_for_selector(f"#open-{leak.id}")
    page.click(f"#open-{leak.id} a[href$=chase]")
    page.wait_for_url("**/chase")


@pytest.mark.parametrize("width", [390, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_has_nothing_to_say(browse, cast, violations, width, scheme):
    registered(cast)
    page = browse(cast.agent, viewport={"width": width, "height": 900}, color_scheme=scheme, locale="en")
    page.goto(f"{URL}?caller_phone=1380")
    page.fill("#category_id-search", "tap")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
