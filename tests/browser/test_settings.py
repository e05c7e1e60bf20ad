"""One's own account and the administration, in a real browser."""

from urllib.parse import urlsplit

import pytest

from actions.passwords import set_password
from extensions import db
from models import User

PASSWORD = "一句好记的话 7"
PHONE = {"viewport": {"width": 320, "height": 640}}


@pytest.mark.parametrize("options", [{}, PHONE], ids=["desk", "phone"])
def test_every_page_of_the_administration_shuts_nobody_out(cast, browse, violations, options):
    page = browse(cast.administrator, locale="zh-CN", **options)
    urls = [
        "/administration", "/administration/users", "/administration/users/new",
        f"/administration/users/{cast.technician.id}", "/administration/standards", "/administration/standards/urgent",
        f"/administration/calendars/{cast.site.id}", "/administration/categories", "/administration/places", "/me",
    ]  # fmt: skip
    for url in urls:
        page.goto(url)
        assert violations(page) == [], url
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), url


def test_a_guard_chooses_english_and_another_password_on_the_phone(cast, browse, violations):
    guard = db.session.get(User, cast.guard.id)
    set_password(guard, PASSWORD)
    db.session.commit()
    page = browse(locale="zh-CN", **PHONE)
    page.goto("/sign-in")
    page.get_by_label("用户名或手机号").fill("guard-YH")
    page.get_by_label("密码").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.get_by_role("link", name="我的", exact=True).click()
    assert violations(page) == []
    page.get_by_role("button", name="English").click()
    page.get_by_label("Present password").fill(PASSWORD)
    page.get_by_label("New password").fill("short")
    page.get_by_label("The same once more").fill("short")
    page.locator("form[action='/me/password']").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="Change my password").click()
    assert "At least 8 characters" in page.get_by_role("alert").inner_text()
    assert violations(page) == []


def test_an_invitation_is_made_and_taken_up(cast, browse):
    page = browse(cast.administrator, locale="en-US")
    page.goto(f"/administration/users/{cast.guard.id}")
    page.locator("form[action$='/invite'] button").click()
    link = urlsplit(page.locator("#invitation-link").input_value()).path  # the public address is another
    guest = browse(**PHONE)
    guest.goto(link)
    for field in guest.locator("input[type=password]").all():
        field.fill(PASSWORD)
    guest.locator("main button").last.click()
    guest.wait_for_url("**/phone/**")
