"""The worker: what was opened, or belongs to the shift, opens without a network; and nothing else does."""

import pytest
from playwright.sync_api import expect

from tests.factories import dispatched

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "locale": "zh-CN"}
IS_KEPT = "async (path) => Boolean(await caches.match(path))"


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


def until(page, question, *about):
    """Waits for the answer yes; a promise is waited for as well."""
    for _ in range(200):
        if page.evaluate(question, *about):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never: {question} {about}")


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
