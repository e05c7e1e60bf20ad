"""What may happen to a service request and to a job, by whom, and that it happens once."""

from datetime import timedelta
from uuid import uuid4

import pytest

from actions.perform import perform, perform_each
from domain.errors import AlreadyUsed, Invalid, NotAllowedNow, NotFound, NotPermitted
from domain.lifecycle import ACTIONS, JOB_ACTIONS, REQUEST_ACTIONS, JobStatus, RequestStatus
from extensions import now
from tests.actions.situations import REQUEST_IN, accepted, job_in, right_person, told
from tests.factories import dispatched, do, fresh, registered

PRESSED = [action for action in REQUEST_ACTIONS.values() if action.permission and None not in action.start]
FOLLOWS = [action for action in ACTIONS.values() if action.permission is None]
MAY_DISPATCH_AT_ONCE = {"dispatch": "burst_pipe"}  # only what is urgent is dispatched before it is accepted


def of_category(cast, action):
    """The details that give a request the category this action's rule asks for."""
    return {"category_id": str(getattr(cast, MAY_DISPATCH_AT_ONCE.get(action.name, "dripping_tap")).id)}


@pytest.mark.parametrize("status", RequestStatus)
def test_a_service_request_takes_exactly_the_actions_of_its_status(status, cast):
    unchanged = REQUEST_IN[status](cast)
    for action in PRESSED:
        by, details = right_person(cast, action.name), told(cast, action.name)
        if status in action.start:
            moved = REQUEST_IN[status](cast, **of_category(cast, action))
            perform(action, moved.id, by=by, details=details)
            assert fresh(moved).status == (action.end or status), action.name
        else:
            with pytest.raises(NotAllowedNow):
                perform(action, unchanged.id, by=by, details=details)
    assert fresh(unchanged).version == unchanged.version


@pytest.mark.parametrize("status", JobStatus)
def test_a_job_takes_exactly_the_actions_of_its_status(status, cast):
    unchanged = job_in(status, cast)
    for action in JOB_ACTIONS.values():
        by, details = right_person(cast, action.name), told(cast, action.name)
        if action.name == "take":
            continue  # asks for a job nobody holds: below
        if status in action.start:
            moved = job_in(status, cast)
            perform(action, moved.id, by=by, details=details)
            assert job_of(moved).status == (action.end or status), action.name
        else:
            with pytest.raises(NotAllowedNow):
                perform(action, unchanged.id, by=by, details=details)
    assert fresh(unchanged.service_request).version == unchanged.service_request.version


@pytest.mark.parametrize("action", PRESSED, ids=lambda action: action.name)
def test_only_who_is_permitted_acts_on_a_service_request(action, cast):
    subject = REQUEST_IN[sorted(action.start)[0]](cast, **of_category(cast, action))
    for user in everybody(cast):
        if not user.can(action.permission):
            with pytest.raises((NotPermitted, NotFound)):
                perform(action, subject.id, by=user, details=told(cast, action.name))
    for user in everybody(cast.elsewhere):
        with pytest.raises(NotFound):
            perform(action, subject.id, by=user, details=told(cast, action.name))
    assert fresh(subject).version == subject.version


@pytest.mark.parametrize("action", JOB_ACTIONS.values(), ids=lambda action: action.name)
def test_only_who_is_permitted_acts_on_a_job(action, cast):
    subject = job_in(sorted(action.start)[0], cast)
    for user in everybody(cast):
        if not user.can(action.permission):
            with pytest.raises((NotPermitted, NotFound)):
                perform(action, subject.id, by=user, details=told(cast, action.name))
    for user in everybody(cast.elsewhere):
        with pytest.raises(NotFound):
            perform(action, subject.id, by=user, details=told(cast, action.name))
    assert job_of(subject).status == subject.status


@pytest.mark.parametrize("name", ["acknowledge", "arrive", "hold", "resume", "complete", "transfer", "return"])
def test_a_job_in_other_hands_is_not_touched(name, cast):
    status = "acknowledged" if name == "hold" else sorted(ACTIONS[name].start)[0]
    job = job_in(status, cast)
    with pytest.raises((NotAllowedNow, NotFound)):
        do(name, job, cast.technician2, **told(cast, name))


@pytest.mark.parametrize("action", FOLLOWS, ids=lambda action: action.name)
def test_nobody_presses_what_follows_by_itself(action, cast):
    with pytest.raises(NotPermitted):
        do(action.name, dispatched(cast)[0], cast.director)


def test_a_request_is_accepted_before_it_is_dispatched_unless_it_is_urgent(cast):
    with pytest.raises(NotAllowedNow, match="Accept this request"):
        do("dispatch", registered(cast), cast.agent, department_id=str(cast.engineering.id))
    burst = registered(cast, category_id=str(cast.burst_pipe.id))
    do("dispatch", burst, cast.agent, department_id=str(cast.engineering.id))
    assert fresh(burst).status == "in_progress"


# Exactly once.


def test_the_same_entry_sent_twice_happens_once(cast):
    service_request, id = accepted(cast), uuid4()
    first, second = (
        perform(ACTIONS["chase"], service_request.id, by=cast.agent, details={"words": "催"}, event_id=id)
        for _ in range(2)
    )
    assert first.id == second.id == id
    assert fresh(service_request).times_chased == 1


def test_one_dispatch_into_several_hands_happens_once(cast):
    service_request, id = accepted(cast), uuid4()
    entries = [{"holder_id": str(cast.technician.id)}, {"department_id": str(cast.security.id)}]
    for _ in range(2):
        perform_each(
            ACTIONS["dispatch"], service_request.id, entries, by=cast.agent, event_id=id, seen=service_request.version
        )
    assert len(fresh(service_request).jobs) == 2


def test_one_dispatch_into_several_hands_is_all_or_nothing(cast):
    service_request = accepted(cast)
    entries = [{"holder_id": str(cast.technician.id)}, {"holder_id": str(cast.elsewhere.technician.id)}]
    with pytest.raises(Invalid):
        perform_each(ACTIONS["dispatch"], service_request.id, entries, by=cast.agent)
    assert fresh(service_request).jobs == [] and fresh(service_request).status == "accepted"


@pytest.mark.parametrize("other", ["words", "action", "subject", "person"])
def test_an_id_stands_for_one_thing(other, cast):
    service_request, id = accepted(cast), uuid4()
    perform(ACTIONS["chase"], service_request.id, by=cast.agent, details={"words": "催"}, event_id=id)
    with pytest.raises(AlreadyUsed):
        perform(
            ACTIONS["escalate" if other == "action" else "chase"],
            registered(cast).id if other == "subject" else service_request.id,
            by=cast.agent2 if other == "person" else cast.agent,
            details={"words": "再催" if other == "words" else "催"},
            event_id=id,
        )
    assert fresh(service_request).times_chased == 1 and fresh(service_request).times_escalated == 0


def test_what_was_refused_may_be_sent_again_under_its_id(cast):
    service_request, id = registered(cast), uuid4()
    details = {"department_id": str(cast.engineering.id)}
    with pytest.raises(NotAllowedNow):
        perform(ACTIONS["dispatch"], service_request.id, by=cast.agent, details=details, event_id=id)
    do("accept", service_request, cast.agent)
    assert perform(ACTIONS["dispatch"], service_request.id, by=cast.agent, details=details, event_id=id).id == id


def test_nothing_happens_in_the_future(cast):
    service_request = registered(cast)
    event = do("accept", service_request, cast.agent, happened_at=now() + timedelta(days=1))
    assert event.happened_at <= now()


def test_the_history_keeps_into_whose_hands_an_order_went(cast):
    _service_request, job = dispatched(cast)
    do("transfer", job, cast.technician, holder_id=str(cast.technician2.id))
    to = [event.details["to"]["holder"] for event in events_of(job) if "to" in event.details]
    assert to == ["李师傅", "张师傅"]


def everybody(here):
    """The people of the cast, or of the other site."""
    names = ["agent", "director", "site_director", "head", "technician", "guard", "cashier"]
    names += [name for name in ("quality", "company_department", "leader", "administrator") if hasattr(here, name)]
    return [getattr(here, name) for name in names]


def job_of(job):
    return next(j for j in fresh(job.service_request).jobs if j.id == job.id)


def events_of(job):
    return sorted(fresh(job.service_request).events, key=lambda event: event.sequence)
