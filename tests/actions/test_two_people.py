"""Two people at once, on connections of their own: one wins, the other is told, and nothing happens twice."""

from threading import Barrier, Thread
from uuid import uuid4

import pytest

from actions.perform import perform
from domain.errors import NotAllowedNow, Refused
from domain.lifecycle import ACTIONS
from extensions import db
from queries import users
from tests.actions.situations import accepted
from tests.factories import do, fresh


@pytest.fixture
def at_once(app):
    """`at_once((agent, act), (agent2, act))`: each acts in a thread of its own; what came of each, in that order."""

    def run(*people):
        came_of, together = [None] * len(people), Barrier(len(people))

        def act(number, remembered, action):
            with app.app_context():
                user = users.of_session(remembered)
                together.wait(timeout=10)
                try:
                    came_of[number] = action(user)
                except Refused as refused:
                    came_of[number] = refused

        threads = [Thread(target=act, args=(n, user.get_id(), action)) for n, (user, action) in enumerate(people)]
        db.session.commit()  # what the test has read and locked until here is let go
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(timeout=30)
        return came_of

    return run


def dispatch(service_request, to, **how):
    """An action waiting for whoever does it."""
    id, version = service_request.id, service_request.version
    details = {"holder_id": str(to.id)}
    return lambda user: perform(ACTIONS["dispatch"], id, by=user, details=details, **({"seen": version} | how)).id


def split(came_of):
    """Those who won, and those who were refused."""
    return (
        [one for one in came_of if not isinstance(one, Exception)],
        [one for one in came_of if isinstance(one, Exception)],
    )


@pytest.mark.parametrize("attempt", range(5))
def test_two_agents_dispatch_at_once_and_one_wins(attempt, cast, at_once):
    service_request = accepted(cast)
    came_of = at_once(
        (cast.agent, dispatch(service_request, cast.technician)),
        (cast.agent2, dispatch(service_request, cast.technician2)),
    )
    won, refused = split(came_of)
    assert len(won) == 1 and isinstance(refused[0], NotAllowedNow)
    assert "Somebody else has changed this request" in refused[0].sentence
    assert len(fresh(service_request).jobs) == 1


def test_one_tap_sent_twice_at_once_happens_once(cast, at_once):
    service_request, id = accepted(cast), uuid4()
    tap = dispatch(service_request, cast.technician, event_id=id)
    won, refused = split(at_once((cast.agent, tap), (cast.agent, tap)))
    assert won == [id, id] and not refused
    assert len(fresh(service_request).jobs) == 1


def test_two_agents_reply_at_once_and_one_wins(cast, at_once):
    service_request = accepted(cast)

    def reply(user):
        return perform(ACTIONS["reply"], service_request.id, by=user, details={"words": "好"}).id

    won, refused = split(at_once((cast.agent, reply), (cast.agent2, reply)))
    assert len(won) == 1 and isinstance(refused[0], NotAllowedNow)


@pytest.mark.parametrize("attempt", range(5))
def test_two_requests_merged_into_each_other_at_once_leave_one_open(attempt, cast, at_once):
    first, second = accepted(cast), accepted(cast)

    def merge(one, other):
        id, into = one.id, {"survivor_id": str(other.id)}
        return lambda user: perform(ACTIONS["merge"], id, by=user, details=into).id

    won, refused = split(at_once((cast.agent, merge(first, second)), (cast.agent2, merge(second, first))))
    assert len(won) == 1 and isinstance(refused[0], Refused)
    assert sorted(fresh(one).status for one in (first, second)) == ["accepted", "merged"]


def test_four_chases_at_once_are_four(cast, at_once):
    service_request = accepted(cast)

    def chase(user):
        return perform(ACTIONS["chase"], service_request.id, by=user, details={"words": "催"}).id

    won, refused = split(at_once(*[(cast.agent, chase), (cast.agent2, chase)] * 2))
    assert len(set(won)) == 4 and not refused
    assert fresh(service_request).times_chased == 4
    sequences = [event.sequence for event in fresh(service_request).events]
    assert sorted(sequences) == list(range(1, len(sequences) + 1))


def test_a_job_sent_to_a_department_is_taken_by_one(cast, at_once):
    service_request = accepted(cast)
    do("dispatch", service_request, cast.agent, department_id=str(cast.engineering.id))
    job_id = fresh(service_request).jobs[0].id

    def take(user):
        return perform(ACTIONS["take"], job_id, by=user).id

    won, refused = split(at_once((cast.technician, take), (cast.technician2, take)))
    assert len(won) == 1 and len(refused) == 1
    assert fresh(service_request).jobs[0].holder_id in (cast.technician.id, cast.technician2.id)
