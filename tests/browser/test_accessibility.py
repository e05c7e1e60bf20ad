"""Nobody is shut out: what axe finds on every kind of page, the focus one can see, and movement one did not ask for."""

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from actions import telling, users
from extensions import db, now
from models import Category, Tenure
from tests.actions.situations import accepted
from tests.factories import completed, dispatched
from tests.phones import PHOTO, handed_over, phone_of, refused

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}
PAGES = {
    "agent": (
        "/desk", "/desk?lens=late", "/desk?lens=all&text=nothing-like-it", "/desk/filters", "/service-requests/new",
        "/service-requests/{open}", "/service-requests/{accepted}/dispatch", "/service-requests/{done}/close",
        "/service-requests/{accepted}/merge", "/service-requests/{open}/slip", "/residents", "/residents/{resident}",
        "/residents/units/{unit}", "/residents/{resident}/edit", "/residents/units/{unit}/edit",
        "/residents/new?unit={unit}", "/notices", "/me", "/desk/nowhere", "/phones", "/phones/refused",
        "/phones/settled", "/phones/load", "/service-requests/{accepted}/cancel",
        "/service-requests/{accepted}/correct", "/service-requests/{accepted}/promise",
        "/service-requests/{done}/reopen", "/service-requests/{done}/call_not_answered",
        "/residents/tenures/{tenure}/moved-out",
    ),
    "director": (
        "/statistics", "/statistics?period=today", "/statistics/list?measure=received", "/statistics/filters",
    ),
    "technician": (
        "/phone/", "/phone/jobs/{job}", "/phone/outbox", "/notices", "/me", "/phone/jobs/{resident}",
        "/phone/jobs/{job}/complete",
    ),
    "guard": (
        "/phone/hand-over?room=3-2-501", "/phone/hand-over?room=9-9-999", "/phone/reports", "/phone/offline",
        "/phone/signed-out", "/phone/hand-over/{open}",
    ),
    "head": ("/phone/department",),
    "administrator": (
        "/administration", "/administration/users", "/administration/users/new", "/administration/categories",
        "/administration/standards", "/administration/standards/urgent", "/administration/calendars/{site}",
        "/administration/places", "/notices/failed", "/notices/robots", "/administration/users/{colleague}",
        "/administration/categories/{category}", "/administration/categories/new?below={category}",
        "/administration/places/departments/new?site={site}", "/administration/places/departments/{department}",
        "/administration/places/{site}/buildings/new", "/administration/places/buildings/{building}",
    ),
    "stranger": ("/sign-in", "/invitation/{secret}"),
}  # fmt: skip
NO_PAGES = {  # pictures, files, pieces of pages, and what only leads on to a page
    "administration.resident_list_template", "attachments.show", "attachments.thumbnail", "health.health_of_all",
    "notices.bell", "notices.open_notice", "phone.found", "phones.photo", "pwa.manifest", "pwa.start", "pwa.worker",
    "registration.lookup", "service_requests.code", "service_requests.next_one", "sign_in.start", "static",
    "statistics.list_export", "statistics.table_export", "sync.rooms",
}  # fmt: skip
LOOKS = {"zh-CN": DESK, "en": PHONE}  # each in the light and in the dark


@pytest.fixture
def addresses(cast, scenes):
    """Every page with something on it."""
    values = scenes.begin("something on every page", lambda: tell_something(cast))
    return {who: [address.format(**values) for address in some] for who, some in PAGES.items()}


def tell_something(cast):
    """The ids that stand in the addresses."""
    db.session.get_one(Category, cast.dripping_tap.id).is_quick = True
    db.session.commit()
    service_request, job = dispatched(cast, by=cast.guard, resident_id=str(cast.resident.id))
    values = {
        "open": service_request.id, "job": job.id, "accepted": accepted(cast).id, "done": completed(cast).id,
        "resident": cast.resident.id, "unit": cast.unit.id, "site": cast.site.id, "colleague": cast.technician.id,
        "category": cast.leaks.id, "department": cast.engineering.id, "building": cast.building.id,
        "tenure": db.session.scalars(select(Tenure.id).where(Tenure.resident_id == cast.resident.id)).one(),
        "secret": users.invite(cast.agent2.id, by=cast.administrator),
    }  # fmt: skip
    phone_of(cast.technician, attention=1, waiting=2, refused=1, lost_at=now())
    refused(cast.technician, job=job, photos=[PHOTO])
    handed_over(cast.guard)
    telling.tell(by_email=False)
    return values


def speaking(user, locale):
    """The colleague, who reads this language from now on."""
    user = db.session.merge(user)
    user.language = "en" if locale == "en" else "zh_Hans_CN"
    db.session.commit()
    return user


def test_no_page_is_left_out(app, addresses):
    routes = app.url_map.bind("localhost")
    paths = [address.split("?")[0] for some in addresses.values() for address in some]
    walked = {routes.match(path, method="GET")[0] for path in paths if routes.test(path, method="GET")}
    there = {rule.endpoint for rule in app.url_map.iter_rules() if "GET" in (rule.methods or ())}
    assert there - NO_PAGES == walked


@pytest.mark.long
@pytest.mark.parametrize("who", PAGES)
@pytest.mark.parametrize("locale", LOOKS)
def test_axe_finds_nothing_on_any_page(cast, browse, violations, addresses, who, locale):
    user = None if who == "stranger" else speaking(getattr(cast, who), locale)
    page = browse(user, viewport=LOOKS[locale], locale=locale)
    found = {}
    for address in addresses[who]:
        page.emulate_media(color_scheme="light")
        page.goto(address)
        found[address] = violations(page) + violations(page, scheme="dark")
    assert {address: wrong for address, wrong in found.items() if wrong} == {}


def test_nor_in_windows_menus_and_forms_with_errors(cast, browse, violations, addresses):
    page = browse(cast.agent, viewport=DESK)
    page.goto(addresses["agent"][6])  # dispatch
    for box in page.locator("input[name=targets]:checked").all():
        box.uncheck()
    page.locator("#action-form button[type=submit]").click()
    expect(page.locator(".form-errors")).to_be_focused()
    assert violations(page) == []
    page.goto("/desk")
    page.keyboard.press("?")
    expect(page.locator("#help-sheet")).to_be_visible()
    assert violations(page) == []
    page.keyboard.press("Escape")
    page.locator("details[data-menu] summary").last.click()
    assert violations(page) == []


UNSEEN = """() => {
  const element = document.activeElement;
  const isRing = ({ outlineStyle, outlineWidth, boxShadow }) =>
    (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2) || boxShadow !== "none";
  const label = element.matches("[type=radio], [type=checkbox]") && element.closest("label");
  const drawn = [element, ...(label ? [label, ...label.children] : [])].map((one) => getComputedStyle(one));
  drawn.push(getComputedStyle(element, "::after"));
  return element === document.body || drawn.some(isRing) ? "" : element.outerHTML.slice(0, 160);
}"""

COVERED = """() => {
  const element = document.activeElement.closest("label") ?? document.activeElement;
  const { left, top, right, bottom } = element.getBoundingClientRect();
  const middle = Math.min(Math.max((left + right) / 2, 1), innerWidth - 1);
  const isSeen = (height) => {
    const there = document.elementFromPoint(middle, height);
    return there && (element.contains(there) || there.contains(element));
  };
  const isLarge = bottom - top > innerHeight / 2;
  const isWhole = element === document.body || isLarge || (isSeen(top + 3) && isSeen(bottom - 3));
  return isWhole ? "" : element.outerHTML.slice(0, 160);
}"""


@pytest.mark.parametrize(
    ("who", "number"), [("agent", 0), ("agent", 4), ("agent", 5), ("guard", 0), ("technician", 0), ("technician", 1)]
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_whoever_walks_by_keyboard_sees_where_they_are(cast, browse, addresses, who, number, scheme):
    page = browse(getattr(cast, who), viewport=DESK if who == "agent" else PHONE, color_scheme=scheme)
    page.goto(addresses[who][number])
    unseen, covered = set(), set()
    for _ in range(30):
        page.keyboard.press("Tab")
        unseen.add(page.evaluate(UNSEEN))
        covered.add(page.evaluate(COVERED))
    assert unseen - {""} == set()
    assert covered - {""} == set()


def test_the_first_tab_leads_to_the_content(cast, browse, addresses):
    page = browse(cast.agent, viewport=DESK)
    page.goto("/desk")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


MOVING = """() => {
  const longest = (list) => Math.max(...list.split(",").map(parseFloat));
  const isMoving = ({ transitionDuration, animationName, animationDuration }) =>
    longest(transitionDuration) > 0.05 || (animationName !== "none" && longest(animationDuration) > 0.05);
  const all = [...document.querySelectorAll("*")];
  return all.filter((one) => isMoving(getComputedStyle(one))).map((one) => one.outerHTML.slice(0, 100));
}"""


def test_nothing_moves_for_those_who_asked_for_stillness(cast, browse, addresses):
    page = browse(cast.agent, viewport=DESK, reduced_motion="reduce")
    for address in ("/desk", "/service-requests/new", addresses["agent"][5]):
        page.goto(address)
        assert page.evaluate(MOVING) == [], address
