"""Jobs on hold that go on by themselves."""

from actions.perform import perform
from actions.unit_of_work import unit_of_work
from domain.lifecycle import ACTIONS, JobStatus
from extensions import now
from queries import jobs


def resume_due_jobs() -> None:
    """Resume every job whose day has come on its site's wall clock; the product does it, not a person."""
    for id in jobs.held_until_today(now()):
        with unit_of_work():
            if jobs.locked(id, viewer=None).status is JobStatus.ON_HOLD:  # another sweep may have been first
                perform(ACTIONS["resume"], id, by=None)
