"""A real browser before a real server: `base_url` leads to the product, `browse(user)` opens a page signed in."""

import threading

import pytest
from playwright.sync_api import expect
from werkzeug.serving import make_server

from app import create_app
from config import ROOT
from launch import browser
from tests.browser.waits import PATIENCE
from tests.visits import signed_in

expect.set_options(timeout=PATIENCE * 1000)
AXE = ROOT / "node_modules/axe-core/axe.min.js"


@pytest.fixture(scope="session")
def browser_type_launch_args():
    """Any name ending in .example leads to this machine: an address that is not secure, as a LAN's."""
    arguments = [*browser.ARGUMENTS, "--host-resolver-rules=MAP *.example 127.0.0.1"]
    return {"executable_path": browser.executable(), "args": arguments}


@pytest.fixture(scope="session")
def served(settings, application):
    """The product on a port of its own, with everything on that other tests do without: CSRF, limits."""
    served = create_app(settings, TESTING=True)
    server = make_server("127.0.0.1", 0, served, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="session")
def base_url(served):
    """Playwright's name for where `page.goto("/…")` begins."""
    return served


@pytest.fixture
def browse(app, new_context, base_url):
    """`browse(guard, viewport=…, locale="zh-CN")`: a page of a browser in which this colleague has signed in.

    Without a colleague: a stranger's. No page may make the browser complain.
    """

    said = []

    def open_page(user=None, **options):
        context = new_context(**options)
        if user is not None:
            name = app.config["SESSION_COOKIE_NAME"]
            context.add_cookies([{"name": name, "value": session_of(app, user, name), "url": base_url}])
        page = context.new_page()
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda line: said.append(line.text) if is_complaint(line) else None)
        return page

    yield open_page
    assert not said, "The browser complained."


def is_complaint(line):
    """Errors and refusals of the content security policy; not that a form was answered with 4xx, which tests do, nor
    that plain http does without what only https has."""
    harmless = ("Failed to load resource", "The Cross-Origin-Opener-Policy header has been ignored")
    return line.type == "error" and not line.text.startswith(harmless)


def session_of(app, user, name):
    """The cookie this colleague's browser would hold."""
    return signed_in(app, user).get_cookie(name).value


# Preloading would ask for every style sheet once more; no rule of ours needs it.
RUN_AXE = """async (options) => {
  await Promise.all(document.getAnimations().map((one) => one.finished.catch(() => {})));
  return (await axe.run(document, { ...options, resultTypes: ["violations"], preload: false })).violations;
}"""
BY_COLOUR = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


@pytest.fixture
def violations():
    """`violations(page)`: what axe finds wrong, in words; empty on a good page. The page's CSP does not see it.

    `violations(page, scheme="dark")`: the same page in the dark, in which nothing but colours is another.
    """

    script = AXE.read_text()

    def found(page, *, scheme=None):
        if page.evaluate("typeof axe") == "undefined":
            page.evaluate(script)
        if scheme:
            page.emulate_media(color_scheme=scheme)
        wrong = page.evaluate(RUN_AXE, BY_COLOUR if scheme else {})
        return [f"{one['id']}: {one['help']} ({one['nodes'][0]['html']})" for one in wrong]

    return found
