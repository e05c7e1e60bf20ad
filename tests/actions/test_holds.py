"""Jobs on hold go on by themselves on the day they were held until, on the site's wall clock."""

import pytest
import time_machine

from actions.holds import resume_due_jobs
from domain.lifecycle import JobStatus
from queries import jobs
from tests.factories import dispatched, do, fresh


@pytest.fixture
def held(cast):
    with time_machine.travel("2026-11-23T10:00:00+08:00", tick=False):
        _, job = dispatched(cast)
        do("acknowledge", job, cast.technician)
        do("hold", job, cast.technician, reason="parts", until="2026-11-25")
    return job


@pytest.mark.parametrize(
    ("moment", "status"),
    [
        ("2026-11-24T23:59:00+08:00", JobStatus.ON_HOLD),
        ("2026-11-25T00:01:00+08:00", JobStatus.IN_PROGRESS),
        ("2026-11-27T12:00:00+08:00", JobStatus.IN_PROGRESS),
    ],
)
def test_a_job_goes_on_when_its_local_day_begins(held, moment, status):
    with time_machine.travel(moment, tick=False):
        resume_due_jobs()
        assert jobs.locked(held.id, viewer=None).status is status


def test_it_goes_on_once_and_the_product_did_it(held):
    with time_machine.travel("2026-11-25T08:00:00+08:00", tick=False):
        resume_due_jobs()
        resume_due_jobs()
        resumed = [event for event in fresh(held.service_request).events if event.action == "resume"]
    assert [event.actor_id for event in resumed] == [None]
