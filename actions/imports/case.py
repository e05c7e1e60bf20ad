"""One case of another system, as every format must give it."""

from dataclasses import dataclass
from datetime import datetime

from domain.channels import Channel
from domain.kinds import Kind
from domain.outcomes import Outcome


class Unreadable(ValueError):
    """A row that cannot be taken. The sentence says why: in English in the rejected file, translated on a page."""

    def __init__(self, sentence: str, **values: object) -> None:
        super().__init__(sentence % values if values else sentence)
        self.sentence, self.values = sentence, values


@dataclass(frozen=True, slots=True)
class Case:
    """All moments are aware. `due_at` None: no deadline was set; `closed_at` None: still open."""

    external_id: str
    kind: Kind
    channel: Channel
    category: str
    department: str
    building: str  # its code, "" where no building is known
    place: str
    words: str
    opened_at: datetime
    due_at: datetime | None
    closed_at: datetime | None
    outcome: Outcome
    work_done: str
    duplicate_of: str  # external id of the first case, "" for none
