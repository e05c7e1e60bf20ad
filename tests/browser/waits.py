"""How long a browser is waited for: only reached when something is wrong, however busy the machine is."""

import time

from playwright.sync_api import Page

PATIENCE = 30  # seconds


def until(page: Page, question: str, *about: object) -> None:
    """Waits for the answer yes; a promise is waited for as well."""
    deadline = time.monotonic() + PATIENCE
    while not page.evaluate(question, *about):
        if time.monotonic() > deadline:
            raise AssertionError(f"never: {question} {about}")
        page.wait_for_timeout(50)


def shown(page: Page, address: str, words: str) -> None:
    """Opens the page until it says this: where the server is slow, a phone shows its copy first."""
    deadline = time.monotonic() + PATIENCE
    page.goto(address)
    while words not in page.locator("main").inner_text():
        if time.monotonic() > deadline:
            raise AssertionError(f"{address} never says {words}")
        page.goto(address)
