"""What a phone may record without a signal, one thing after another, before anybody knows of the first."""

from datetime import datetime
from typing import Any

from domain.lifecycle import JOB_ACTIONS, Action, JobStatus
from domain.permissions import can


def later_actions(job: Any, user: Any, now: datetime) -> list[Action]:
    """What this person may do to the job without a signal only after something else, as going on after a hold.

    An action that gives the job away leads nowhere: who did it has nothing more to do with the job.
    """
    mine = [
        action
        for action in JOB_ACTIONS.values()
        if action.offline
        and action.permission
        and can(user, action.permission)
        and not (action.rule and action.rule(job, user, now))
    ]
    reached = {job.status}
    for _round in mine:  # one step further each time
        reached |= {a.end for a in mine if a.end and a.end is not JobStatus.DISPATCHED and a.start & reached}
    return [action for action in mine if job.status not in action.start and action.start & reached]
