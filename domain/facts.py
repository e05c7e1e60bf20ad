"""What the clocks read of one event."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from domain.standards import Clock, Standard


@dataclass(frozen=True)
class Fact:
    """One event of a service request or of one of its jobs.

    action         the name of the action in the lifecycle
    happened_at    when it really happened, aware UTC; not when it reached us
    sequence       tells which came first of two that happened at the same moment
    job_id         the job, for `dispatch` and every action on a job
    stops_clock    on `hold`: the class of the reason makes the clocks wait
    standard       on `register` and `reclassify`: the standard that holds from here on
    given_due      on `register` and `reopen`: deadlines set outside (an import); each stands in for the allowance of
                   that clock the first time it runs in the round, and no reclassification moves it
    promised_for   on `promise`: until when
    contained      on `complete`: the outcome contains or fixes the trouble
    tells_resident the resident learns something by it
    by_centre      somebody of the service centre did it
    """

    action: str
    happened_at: datetime
    sequence: int
    job_id: UUID | None = None
    stops_clock: bool = False
    standard: Standard | None = None
    given_due: Mapping[Clock, datetime] = field(default_factory=dict)
    promised_for: datetime | None = None
    contained: bool = False
    tells_resident: bool = False
    by_centre: bool = False
