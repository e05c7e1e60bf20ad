"""What a technician carries about: now, later, on hold, done today."""

from datetime import timedelta

import time_machine

from extensions import now
from queries import my_jobs
from tests.factories import dispatched, do

NOON = "2026-11-23T12:00:00+08:00"


def piles(cast):
    """The words of the jobs in each pile."""
    mine = my_jobs.of(cast.technician, now=now())
    return {
        name: [job.service_request.words for job in getattr(mine, name)] for name in ("now", "later", "on_hold", "done")
    }


def test_each_job_lies_in_the_pile_of_its_day(cast):
    with time_machine.travel(NOON, tick=False) as clock:
        jobs = {words: dispatched(cast, words=words)[1] for words in ("今天", "改天", "等配件", "做完")}
        tomorrow = (now() + timedelta(days=1)).isoformat()
        do("reschedule", jobs["改天"], cast.agent, appointment_at=tomorrow)
        do("reschedule", jobs["今天"], cast.agent, appointment_at=(now() + timedelta(hours=3)).isoformat())
        do("acknowledge", jobs["等配件"], cast.technician)
        do("hold", jobs["等配件"], cast.technician, reason="parts", until="2026-11-27")
        do("complete", jobs["做完"], cast.technician, outcome="fixed")
        assert piles(cast) == {"now": ["今天"], "later": ["改天"], "on_hold": ["等配件"], "done": ["做完"]}
        clock.shift(timedelta(hours=12))
        next_day = piles(cast)
        assert set(next_day.pop("now")) == {"今天", "改天"}  # equally urgent
        assert next_day == {"later": [], "on_hold": ["等配件"], "done": []}
