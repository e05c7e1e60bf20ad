"""The first page a stranger sees: everything it asks for is there, and nobody is shut out."""


def test_the_page_to_sign_in_asks_for_nothing_that_is_missing_and_shuts_nobody_out(app, browse, violations):
    page = browse(locale="zh-CN")
    answers = []
    page.on("response", lambda answer: answers.append(answer))
    page.goto("/sign-in", wait_until="networkidle")
    assert len(answers) > 3
    assert [answer.url for answer in answers if answer.status != 200] == []
    assert violations(page) == []


def test_it_works_on_the_smallest_phone_without_scrolling_sideways(app, browse):
    page = browse(viewport={"width": 320, "height": 568})
    page.goto("/sign-in")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
