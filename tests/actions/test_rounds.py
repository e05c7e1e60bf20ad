"""What follows from a job's end, from a call and from a verdict: the rounds of a service request."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import func, select

from actions.service_requests import register
from domain.errors import Invalid, NotAllowedNow
from domain.lifecycle import RequestStatus
from domain.permissions import Role
from domain.rules import REOPEN_WINDOW
from extensions import db, now
from models import FollowUp
from tests.actions.situations import REQUEST_IN, accepted, told
from tests.factories import completed, do, fresh, registered
from tests.people import person


def two_jobs(cast):
    service_request = accepted(cast)
    do("dispatch", service_request, cast.agent, holder_id=str(cast.technician.id))
    do("dispatch", service_request, cast.agent, holder_id=str(cast.technician2.id))
    return service_request, fresh(service_request).jobs


def test_the_last_job_done_completes_the_request(cast):
    service_request, (first, second) = two_jobs(cast)
    do("complete", first, cast.technician, outcome="fixed")
    assert fresh(service_request).status == "in_progress"
    do("complete", second, cast.technician2, outcome="contained")
    assert fresh(service_request).status == "completed"
    assert fresh(service_request).completed_by_id == cast.technician2.id


def test_a_job_done_counts_even_if_the_last_one_is_returned(cast):
    service_request, (first, second) = two_jobs(cast)
    do("complete", first, cast.technician, outcome="fixed")
    do("return", second, cast.technician2, reason="no_capacity")
    assert fresh(service_request).status == "completed"


def test_when_every_job_comes_back_the_request_is_to_be_dispatched_again(cast):
    service_request, (first, second) = two_jobs(cast)
    do("return", first, cast.technician, reason="no_capacity")
    do("cancel_job", second, cast.agent, reason="mistake")
    assert fresh(service_request).status == "accepted"
    assert last_event(service_request).action == "send_back"


def test_work_of_an_earlier_round_does_not_complete_a_later_one(cast):
    service_request = completed(cast)
    do("reopen", service_request, cast.agent, words="又漏了")
    do("dispatch", service_request, cast.agent, holder_id=str(cast.technician.id))
    job = next(job for job in fresh(service_request).jobs if job.status == "dispatched")
    do("return", job, cast.technician, reason="needs_decision")
    assert fresh(service_request).status == "accepted"


def test_cancelling_a_request_calls_off_its_open_jobs(cast):
    service_request, (first, _second) = two_jobs(cast)
    do("complete", first, cast.technician, outcome="fixed")
    do("cancel", service_request, cast.agent, reason="by_resident")
    assert [job.status for job in fresh(service_request).jobs] == ["done", "called_off"]


def test_a_reply_makes_what_is_under_way_needless(cast):
    service_request, _jobs = two_jobs(cast)
    do("reply", service_request, cast.agent, words="已解决")
    found = fresh(service_request)
    assert found.status == "completed" and {job.status for job in found.jobs} == {"called_off"}


def test_a_merged_request_keeps_its_reporter_and_names_its_survivor(cast):
    survivor, service_request = registered(cast), accepted(cast)
    do("merge", service_request, cast.agent, survivor_id=str(survivor.id))
    assert fresh(service_request).merged_into_id == survivor.id
    assert fresh(service_request).caller_name == "刘女士"


def test_nothing_is_merged_into_itself_a_closed_one_or_another_sites(cast):
    service_request = registered(cast)
    closed = REQUEST_IN[RequestStatus.CLOSED](cast)
    typed = {"kind": "repair", "channel": "phone", "words": "灯坏了"}
    foreign = register(typed, by=cast.elsewhere.agent, site_id=cast.elsewhere.site.id)
    for survivor in (service_request, closed, foreign):
        with pytest.raises(Invalid):
            do("merge", service_request, cast.agent, survivor_id=str(survivor.id))


# Calls, verdicts, rounds.


def test_a_call_is_a_fact_with_the_id_of_its_event(cast):
    service_request = completed(cast)
    missed = do("call_not_answered", service_request, cast.agent, next_try_at=(now() + timedelta(hours=1)).isoformat())
    reached = do("close", service_request, cast.agent, verdict="satisfied", reasons=["responsiveness"], words="挺快")
    calls = {call.id: call for call in db.session.scalars(select(FollowUp))}
    assert calls[missed.id].is_reached is False and calls[missed.id].verdict is None
    assert calls[reached.id].verdict == "satisfied" and calls[reached.id].reasons == ["responsiveness"]


def test_closing_without_a_call_writes_no_call(cast):
    do("close_without_call", completed(cast), cast.director, words="小修抽样")
    assert db.session.scalar(select(func.count()).select_from(FollowUp)) == 0


def test_what_must_be_called_is_not_closed_without_a_call(cast):
    with pytest.raises(NotAllowedNow, match="gets a follow-up call"):
        do("close_without_call", completed(cast, category_id=str(cast.burst_pipe.id)), cast.director, words="忙")


def test_each_reopening_is_a_round_with_clocks_of_its_own(cast):
    service_request = completed(cast)
    for round in (1, 2):
        do("reopen", service_request, cast.agent, verdict="unsatisfied", words="又漏了")
        found = fresh(service_request)
        assert found.times_reopened == round and found.completed_at is None and found.status == "accepted"
        do("dispatch", service_request, cast.agent, holder_id=str(cast.technician.id))
        job = next(job for job in fresh(service_request).jobs if job.status == "dispatched")
        do("complete", job, cast.technician, outcome="fixed")
        assert fresh(service_request).status == "completed"


def test_a_request_is_reopened_only_within_the_window(cast):
    closed = REQUEST_IN[RequestStatus.CLOSED](cast)
    too_late = time_machine.travel(now() + REOPEN_WINDOW + timedelta(minutes=1), tick=False)
    with too_late, pytest.raises(NotAllowedNow, match="Closed too long ago"):
        do("reopen", closed, cast.agent, words="又漏了")
    with time_machine.travel(now() + REOPEN_WINDOW - timedelta(minutes=1), tick=False):
        do("reopen", closed, cast.agent, words="又漏了")


def test_a_complaint_is_verified_by_a_second_person_before_it_is_closed(cast):
    service_request = registered(cast, kind="complaint")
    do("reply", service_request, cast.director, words="已道歉")
    with pytest.raises(NotAllowedNow, match="must be verified"):
        do("close", service_request, cast.agent, verdict="satisfied")
    with pytest.raises(NotAllowedNow, match="Somebody else"):
        do("verify", service_request, cast.director)
    do("verify", service_request, cast.site_director)
    do("close", service_request, cast.agent, verdict="satisfied")


def test_on_a_small_site_one_person_does_everything_but_verify_their_own_work(cast):
    alone = person(
        cast.company, cast.site, cast.engineering, "alone", "刘一人",
        Role.AGENT, Role.DIRECTOR, Role.SITE_DIRECTOR, Role.HEAD, Role.TECHNICIAN,
    )  # fmt: skip
    db.session.commit()
    service_request = registered(cast, by=alone, kind="complaint")
    do("accept", service_request, alone)
    do("dispatch", service_request, alone, holder_id=str(alone.id))
    job = fresh(service_request).jobs[0]
    for name in ("acknowledge", "arrive", "complete"):
        do(name, job, alone, **told(cast, name))
    with pytest.raises(NotAllowedNow, match="Somebody else"):
        do("verify", service_request, alone)
    do("verify", service_request, cast.director)
    do("close", service_request, alone, verdict="fully_satisfied")
    assert fresh(service_request).status == "closed"


def last_event(service_request):
    return max(fresh(service_request).events, key=lambda event: event.sequence)
