"""Boston's open data of 311 service requests: https://data.boston.gov (Open Data Commons PDDL), local times."""

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from actions.imports.case import Case, Unreadable
from actions.imports.cells import moment_of, text_of
from domain.channels import Channel
from domain.kinds import Kind
from domain.outcomes import Outcome

REQUIRED = frozenset({"case_id", "open_dt", "target_dt", "closed_dt", "type", "source"})
CHANNELS = {
    "call": Channel.PHONE,
    "constituent call": Channel.PHONE,
    "app": Channel.APP,
    "citizens connect app": Channel.APP,
    "web": Channel.WEB,
    "self service": Channel.WEB,
    "staff": Channel.STAFF,
    "employee generated": Channel.STAFF,
}
KINDS = (("compliment", Kind.COMPLIMENT), ("general comments", Kind.SUGGESTION), ("complaint", Kind.COMPLAINT))
# What a closing note says, and the outcome it stands for; the first found counts.
OUTCOMES = (
    ("not home", Outcome.NOBODY_HOME),
    ("no access", Outcome.NO_ACCESS),
    ("refer to other", Outcome.NOT_OURS),
    ("referred to external", Outcome.NOT_OURS),
)
OPEN = ("o", "open")
LONGEST_ID = 30


def case_of(row: Mapping[str, str], zone: ZoneInfo) -> Case:
    """One row of the file. Raises Unreadable."""
    external_id = text_of(row["case_id"])
    if not external_id or len(external_id) > LONGEST_ID:
        raise Unreadable("case_id: missing or too long")
    opened_at = moment_of(row["open_dt"], zone, "open_dt")
    if opened_at is None:
        raise Unreadable("open_dt: missing")
    closed_at = moment_of(row["closed_dt"], zone, "closed_dt")
    if closed_at is None and (status := text_of(row.get("case_status", ""))) and status.lower() not in OPEN:
        raise Unreadable("closed_dt: missing, but the case is not open")
    note, category = text_of(row.get("closure_note", "")), text_of(row["type"], 200) or "Other"
    is_duplicate = text_of(row.get("is_duplicate", "")) in ("1", "Y", "true")
    return Case(
        external_id=external_id,
        kind=next((kind for words, kind in KINDS if words in category.lower()), Kind.REPAIR),
        channel=CHANNELS.get(text_of(row["source"]).lower(), Channel.OTHER),
        category=category,
        department=text_of(row.get("department", ""), 30),
        building=text_of(row.get("building", ""), 40),
        place=", ".join(filter(None, (text_of(row.get(name, ""), 90) for name in ("street", "neighborhood")))),
        words=text_of(row.get("case_title", "")) or category,
        opened_at=opened_at,
        due_at=moment_of(row["target_dt"], zone, "target_dt"),
        closed_at=closed_at,
        outcome=next((outcome for words, outcome in OUTCOMES if words in note.lower()), Outcome.FIXED),
        work_done=note,
        duplicate_of=text_of(row.get("duplicate_of", "")) if is_duplicate else "",
    )
