"""What happened while an entry was on its way: others acted, or the same person did it with another phone."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from actions.perform import perform
from domain.days import by_our_clock
from domain.errors import Refused
from domain.lifecycle import JOB_ACTIONS, REQUEST_ACTIONS
from extensions import now
from models import Event, User
from queries import events, jobs


def meanwhile(event: Event, seen: int | None) -> list[str]:
    """The names of the actions others took between what the sender saw and what the sender did, in their order."""
    return [] if seen is None or seen >= event.sequence - 1 else list(events.others_between(event, seen))


def stands_already(job_id: UUID, action_name: str, by: User) -> bool:
    """Whether the job stands where the action leads because this person took this very action."""
    action, job = JOB_ACTIONS.get(action_name), jobs.at_sites_of(by, job_id)
    if action is None or job is None or job.status is not action.end:
        return False
    last = events.last_move_of(job_id)
    return last is not None and (last.action, last.actor_id) == (action.name, by.id)


def note(entry: Any, words: Sequence[tuple[str, str]], by: User) -> Event | None:
    """What was typed, as a note among ourselves under the entry's id; None if nothing was, or nothing can be noted."""
    job = jobs.at_sites_of(by, entry.job_id)
    if not words or job is None:
        return None
    details = {
        "words": "\n".join(f"{label}: {text}" for label, text in words),
        "audience": "internal",
        "job_id": str(job.id),
    }
    happened_at = by_our_clock(entry.said_at, entry.sent_at, now())
    try:
        return perform(
            REQUEST_ACTIONS["annotate"], job.service_request_id,
            by=by, details=details, event_id=entry.id, happened_at=happened_at,
        )  # fmt: skip
    except Refused:  # closed meanwhile, or out of reach: the receipt keeps the words all the same
        return None
