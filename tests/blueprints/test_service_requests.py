"""The card of one service request: what each person sees and may press, and what comes of pressing it."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from bs4 import BeautifulSoup

from domain.lifecycle import RequestStatus
from extensions import db, now
from models import Attachment
from tests.actions.situations import REQUEST_IN, accepted
from tests.factories import completed, dispatched, do, fresh, registered

HTMX = {"HX-Request": "true"}
WANTED_STATEMENTS = 8


def url(service_request, action=""):
    return f"/service-requests/{service_request.id}/{action}".rstrip("/")


def buttons(page, service_request):
    """The names of the actions this page offers."""
    found = page.text.split(f'"/service-requests/{service_request.id}/')[1:]
    return {name.split('"')[0] for name in found} - {"next", "slip"}


@pytest.mark.parametrize("status", RequestStatus)
@pytest.mark.parametrize("name", ["agent", "director", "site_director", "cashier", "quality", "leader"])
def test_a_person_sees_exactly_the_buttons_they_may_press(name, status, cast, client_for):
    service_request, user = REQUEST_IN[status](cast), getattr(cast, name)
    page = client_for(user).get(url(service_request))
    assert page.status_code == 200
    assert buttons(page, service_request) == {action.name for action in service_request.actions_for(user)}


def test_somebody_elses_request_does_not_exist(cast, client_for):
    service_request = registered(cast)
    for user in (cast.elsewhere.agent, cast.technician, cast.elsewhere.guard):
        for path in ("", "slip", "next", "code.svg", "annotate"):
            assert client_for(user).get(url(service_request, path)).status_code == 404, path
    assert client_for(cast.administrator).get(url(service_request)).status_code == 403


def test_a_guard_reads_what_came_of_their_report(cast, client_for):
    service_request = registered(cast, by=cast.guard)
    page = client_for(cast.guard).get(url(service_request))
    assert "厨房水管漏水" in page.text and buttons(page, service_request) == {"annotate"}


@pytest.mark.parametrize("words", ["漏" * 9000, "<script>alert(1)</script>", "一\n二", "🚰" * 300])
def test_the_words_are_there_in_full_and_only_as_words(words, cast, client_for):
    page = client_for(cast.agent).get(url(registered(cast, words=words)))
    assert "<script>alert" not in page.text
    assert page.text.count(words[0]) >= len(words) if words[0] in "漏🚰" else True


@pytest.mark.parametrize("action", ["", "dispatch", "merge", "correct", "close"])
def test_the_card_costs_the_same_few_statements_with_much_history(action, cast, client_for, queries_run):
    service_request = completed(cast) if action == "close" else dispatched(cast)[0]
    client, path = client_for(cast.agent), url(service_request, action)
    client.get(path)
    queries_run.clear()
    client.get(path)
    few = len(queries_run)
    for _ in range(10):
        do("chase", service_request, cast.agent2, words="催")
        registered(cast)
    if action != "close":
        for _ in range(5):
            do("dispatch", service_request, cast.agent, holder_id=str(cast.technician2.id))
    queries_run.clear()
    assert client.get(path).status_code == 200
    assert len(queries_run) == few <= WANTED_STATEMENTS, queries_run


def test_the_history_says_who_when_it_happened_and_when_it_arrived_if_that_was_later(cast, client_for):
    with time_machine.travel("2026-11-23T10:00:00+08:00", tick=False) as clock:
        service_request, job = dispatched(cast)
        clock.shift(timedelta(hours=3))
        do("acknowledge", job, cast.technician, happened_at=now() - timedelta(hours=2, minutes=15))
        page = BeautifulSoup(client_for(cast.agent).get(url(service_request)).text, "html.parser")
    acknowledged, dispatched_then = page.select(".timeline li")[:2]
    assert "李师傅" in acknowledged.text
    assert acknowledged.time.text.endswith("10:45")
    assert acknowledged.select_one(".timeline-late").text.strip().endswith("13:00 送达")
    assert dispatched_then.time.text.endswith("10:00") and not dispatched_then.select_one(".timeline-late")


def test_accepting_takes_one_tap(cast, client_for):
    service_request = registered(cast)
    answer = client_for(cast.agent).post(url(service_request, "accept"), data={"event_id": str(uuid4()), "seen": "1"})
    assert answer.status_code == 303 and answer.location == url(service_request)
    assert fresh(service_request).status == "accepted"


def test_one_form_dispatches_into_several_hands(cast, client_for):
    service_request = accepted(cast)
    targets = [f"holder:{cast.technician.id}", f"department:{cast.engineering.id}", f"department:{cast.security.id}"]
    client_for(cast.agent).post(
        url(service_request, "dispatch"), data={"targets": targets, "instruction": "先关总阀", "seen": "2"}
    )
    jobs = fresh(service_request).jobs
    # The department of a chosen person is not a second target.
    assert {(job.department_id, job.holder_id) for job in jobs} == {
        (cast.engineering.id, cast.technician.id),
        (cast.security.id, None),
    }
    assert {job.instruction for job in jobs} == {"先关总阀"}


def test_whoever_dispatches_sees_duty_qualification_and_open_jobs(cast, client_for):
    dispatched(cast)
    off_duty(cast.technician2)
    page = client_for(cast.agent).get(url(accepted(cast), "dispatch")).text
    assert page.index("李师傅") < page.index("赵铁军") < page.index("张师傅")
    assert "离岗" in page and "有资质" in page and "在手 1 单" in page
    assert page.count(" checked") == 1  # the usual department, never a person


@pytest.mark.parametrize(
    "targets", [[], ["holder:nobody"], ["everybody"], [f"holder:{uuid4()}"], [f"department:{uuid4()}"]]
)
def test_a_forged_target_is_said_at_the_form(targets, cast, client_for):
    service_request = accepted(cast)
    answer = client_for(cast.agent).post(
        url(service_request, "dispatch"), data={"targets": targets, "instruction": "请带工具"}
    )
    assert answer.status_code == 422 and "请带工具" in answer.text
    assert fresh(service_request).jobs == []


def test_the_verdict_of_the_call_closes(cast, client_for):
    service_request = completed(cast)
    client_for(cast.agent).post(
        url(service_request, "close"),
        data={"verdict": "fully_satisfied", "reasons": ["responsiveness", "friendliness"], "words": "很快"},
    )
    page = client_for(cast.agent).get(url(service_request)).text
    assert fresh(service_request).status == "closed"
    assert "完全满意" in page and "速度 · 态度" in page and "很快" in page


def test_a_verdict_is_kept_on_reopening_only_if_somebody_called(cast, client_for):
    for heard, verdict in (("called", "unsatisfied"), ("told", None), ("seen", None)):
        service_request = completed(cast)
        client_for(cast.agent).post(url(service_request, "reopen"), data={"heard": heard, "words": "又漏了"})
        event = next(event for event in fresh(service_request).events if event.action == "reopen")
        assert event.details.get("verdict") == verdict


@pytest.mark.parametrize("number", ["+8675526000000;ext=801", "内线 8012"])
def test_a_number_only_a_person_can_dial_survives_a_correction_beside_it(cast, client_for, number):
    service_request = registered(cast, caller_phone=number)
    typed = {
        "kind": "complaint", "category_id": str(cast.dripping_tap.id), "unit": "3-2-501", "place": "",
        "caller_name": "刘女士", "caller_phone": number,
    }  # fmt: skip
    assert client_for(cast.agent).post(url(service_request, "correct"), data=typed).status_code == 303
    found = fresh(service_request)
    assert (found.kind, found.caller_phone) == ("complaint", number)


def test_only_what_differs_is_corrected(cast, client_for):
    service_request = registered(cast)
    client = client_for(cast.agent)
    typed = {
        "kind": "complaint", "category_id": str(cast.dripping_tap.id), "unit": "３栋2单元502室", "place": "",
        "caller_name": "刘女士", "caller_phone": "138 0013 8000",
    }  # fmt: skip
    assert client.post(url(service_request, "correct"), data=typed).status_code == 303
    found = fresh(service_request)
    assert found.kind == "complaint" and found.unit_id == cast.next_door.id
    corrected = next(event for event in found.events if event.action == "correct").details
    assert set(corrected["corrected"]) == {"kind", "unit_id"}
    assert client.post(url(service_request, "correct"), data=typed).status_code == 422
    assert client.post(url(service_request, "correct"), data=typed | {"unit": "9-9-9999"}).status_code == 422


def test_the_survivor_may_be_typed_by_its_number(cast, client_for):
    survivor, service_request = registered(cast), registered(cast)
    client = client_for(cast.agent)
    assert survivor.reference in client.get(url(service_request, "merge")).text
    assert client.post(url(service_request, "merge"), data={"reference": "YH-000000-000"}).status_code == 422
    assert client.post(url(service_request, "merge"), data={}).status_code == 422
    client.post(url(service_request, "merge"), data={"reference": survivor.reference.lower()})
    assert fresh(service_request).merged_into_id == survivor.id


BAD = {
    "reply": {"words": ""},
    "cancel": {"reason": "whim"},
    "promise": {"words": "好", "due_at": "2001-01-01T10:00"},
    "annotate": {"words": "漏" * 2001},
    "reclassify": {"service_class": "royal"},
    "call_not_answered": {"next_try_at": "soon"},
    "escalate": {"words": "  "},
}


@pytest.mark.parametrize("action", BAD)
def test_what_cannot_be_taken_is_said_and_what_was_typed_stays(action, cast, client_for):
    service_request = accepted(cast)
    answer = client_for(cast.agent).post(url(service_request, action), data=BAD[action], headers=HTMX)
    assert answer.status_code == 422 and "请检查以下内容" in answer.text
    assert "<html" not in answer.text and BAD[action].get("words", "")[:50].strip() in answer.text
    assert fresh(service_request).version == service_request.version


@pytest.mark.parametrize("words", ["a\x00b", "😀" * 100, "１２３"])
def test_any_sign_may_be_typed(words, cast, client_for):
    service_request = accepted(cast)
    assert client_for(cast.agent).post(url(service_request, "annotate"), data={"words": words}).status_code == 303


# Two people, two tabs, two taps.


def test_who_comes_second_gets_the_fresh_card_and_keeps_their_words(cast, client_for):
    service_request = accepted(cast)
    seen = str(service_request.version)
    client_for(cast.agent).post(
        url(service_request, "dispatch"), data={"targets": f"holder:{cast.technician.id}", "seen": seen}
    )
    answer = client_for(cast.agent2).post(
        url(service_request, "reply"), data={"words": "我已答复", "seen": seen}, headers=HTMX
    )
    assert answer.status_code == 409 and 'role="alert"' in answer.text
    assert "其他同事刚刚改动了此诉求" in answer.text and "我已答复" in answer.text and "李师傅" in answer.text
    assert f'name="seen" type="hidden" value="{fresh(service_request).version}"' in answer.text


def test_words_that_can_no_longer_be_sent_are_shown_to_be_copied(cast, client_for):
    service_request = accepted(cast)
    do("cancel", service_request, cast.agent, reason="mistake")
    answer = client_for(cast.agent2).post(url(service_request, "reply"), data={"words": "我已答复"})
    assert answer.status_code == 409 and "我已答复" in answer.text and 'id="action-form"' not in answer.text


def test_the_same_form_sent_twice_happens_once(cast, client_for):
    service_request, typed = accepted(cast), {"words": "业主来电", "event_id": str(uuid4()), "seen": "2"}
    client = client_for(cast.agent)
    assert [client.post(url(service_request, "chase"), data=typed).status_code for _ in range(2)] == [303, 303]
    assert fresh(service_request).times_chased == 1
    assert client.post(url(service_request, "chase"), data=typed | {"words": "别的"}).status_code == 409


def test_the_form_of_what_is_no_longer_possible_is_a_conflict_and_of_what_never_was_is_forbidden(cast, client_for):
    service_request = completed(cast)
    assert client_for(cast.agent).get(url(service_request, "dispatch")).status_code == 409
    assert client_for(cast.cashier).get(url(service_request, "close")).status_code == 403
    assert (
        client_for(cast.cashier).post(url(service_request, "close"), data={"verdict": "satisfied"}).status_code == 403
    )


# News.


def test_an_unchanged_card_is_not_sent_again(cast, client_for):
    service_request = accepted(cast)
    client = client_for(cast.agent)
    mark = f"{service_request.version}-0-0"
    assert client.get(url(service_request) + f"?mark={mark}", headers=HTMX).status_code == 204
    do("chase", service_request, cast.agent2, words="催")
    assert client.get(url(service_request) + f"?mark={mark}", headers=HTMX).status_code == 200
    add_photo(service_request)
    assert client.get(url(service_request) + "?mark=3-0-0", headers=HTMX).status_code == 200


def test_a_card_with_an_open_form_does_not_refresh_itself(cast, client_for):
    service_request = accepted(cast)
    client = client_for(cast.agent)
    assert "data-refresh" in client.get(url(service_request)).text
    assert "data-refresh" not in client.get(url(service_request, "reply"), headers=HTMX).text


def test_the_slip_carries_what_a_worker_needs_on_paper(cast, client_for):
    service_request, _job = dispatched(cast, to=cast.technician)
    client = client_for(cast.agent)
    page = client.get(url(service_request, "slip")).text
    for words in (service_request.reference, "3-2-501", "刘女士", "138 0013 8000", "厨房水管漏水", "李师傅"):
        assert words in page
    picture = client.get(url(service_request, "code.svg"))
    assert picture.mimetype == "image/svg+xml" and b"<svg" in picture.data


def test_the_next_one_is_the_most_urgent_of_the_others(cast, client_for):
    first, urgent = registered(cast), registered(cast, category_id=str(cast.burst_pipe.id))
    client = client_for(cast.agent)
    assert client.get(url(first, "next")).location == url(urgent)
    assert client.get(url(urgent, "next")).location == url(first)


def off_duty(user):
    db.session.merge(user).on_duty = False
    db.session.commit()


def add_photo(service_request):
    db.session.add(
        Attachment(
            site_id=service_request.site_id, service_request_id=service_request.id, name="a.jpg", size=1, width=1,
            media_type="image/jpeg", height=1, sha256="0" * 64, source_sha256="0" * 64,
        )
    )  # fmt: skip
    db.session.commit()
