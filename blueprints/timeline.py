"""The history of a service request in words: who, when it happened, when it arrived, and what changed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from flask_babel import format_date, get_locale
from flask_babel import gettext as _

from blueprints.display import day_time, phone
from blueprints.written import action_label, reason_of, typed_in
from domain.alarms import Step
from domain.clocks import Clock
from domain.kinds import Kind
from domain.outcomes import CancelReason, Outcome, PauseReason, ReturnReason, Verdict, VerdictReason
from domain.service_classes import ServiceClass
from domain.wording import N_

LATE_ARRIVAL = timedelta(minutes=1)  # less is the time a form takes
REASONS: dict[str, Any] = {
    "hold": PauseReason,
    "return": ReturnReason,
    "cancel": CancelReason,
    "cancel_job": CancelReason,
}
ICONS = {
    "register": "plus", "accept": "check", "dispatch": "send", "assign": "user-plus", "transfer": "share-2",
    "take": "hand-helping", "acknowledge": "user-check", "arrive": "map-pin", "hold": "circle-pause",
    "resume": "circle-play", "complete": "circle-check", "return": "undo-2", "cancel_job": "circle-slash",
    "reply": "message-square-text", "conclude": "circle-check", "send_back": "undo-2", "verify": "clipboard-check",
    "close": "circle-check", "close_without_call": "circle-check", "reopen": "rotate-ccw", "cancel": "circle-slash",
    "merge": "merge", "reclassify": "flag", "correct": "pencil", "chase": "megaphone", "escalate": "trending-up",
    "promise": "star", "annotate": "message-square", "call_not_answered": "phone-missed", "warn": "hourglass",
    "breach": "alarm-clock", "call_again": "phone-call", "reschedule": "calendar-days",
}  # fmt: skip
TONES = {
    "return": "bad", "send_back": "bad", "reopen": "bad", "breach": "bad", "escalate": "bad", "chase": "bad",
    "complete": "good", "conclude": "good", "reply": "good", "verify": "good", "close": "good",
    "annotate": "note", "promise": "note", "hold": "note", "dispatch": "info", "accept": "info",
}  # fmt: skip
COLUMNS = {
    "kind": N_("Kind"), "category_id": N_("Category"), "unit_id": N_("Unit"), "place": N_("Place"),
    "caller_name": N_("Caller"), "caller_phone": N_("Phone number"), "resident_id": N_("Resident"),
}  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One event as components/timeline.html prints it."""

    id: UUID
    label: str
    icon: str
    tone: str
    who: str | None
    at: str
    iso: str
    words: str
    arrived: str | None


def entries(events: Iterable[Any], refused: Iterable[Any] = ()) -> list[Entry]:
    """These events, newest first, and between them the phones' entries that were not accepted; people are loaded."""
    lines = [(event.happened_at, event.sequence, entry_of(event)) for event in events]
    lines += [(entry.received_at, 0, refused_entry(entry)) for entry in refused]
    return [line[-1] for line in sorted(lines, key=lambda line: line[:2], reverse=True)]


def entry_of(event: Any) -> Entry:
    """One event in the reader's language, on the site's wall clock."""
    late = event.recorded_at - event.happened_at > LATE_ARRIVAL
    return Entry(
        id=event.id,
        label=_(event.label),
        icon=ICONS[event.action],
        tone=TONES.get(event.action, ""),
        who=event.actor.name if event.actor else _("Automatically"),
        at=day_time(event.happened_at),
        iso=event.happened_at.isoformat(),
        words="\n".join(lines_of(event)),
        arrived=day_time(event.recorded_at) if late else None,
    )


def refused_entry(entry: Any) -> Entry:
    """An entry of a phone that changed nothing, or was only read from a file: its reason, and its words in full."""
    typed = [f"{label}: {text}" for label, text in typed_in(entry)]
    return Entry(
        id=entry.id,
        label=_("Brought in a file: %(action)s", action=action_label(entry.action))
        if entry.is_brought
        else _("Not accepted: %(action)s", action=action_label(entry.action)),
        icon="upload" if entry.is_brought else "circle-x",
        tone="",
        who=entry.user.name,
        at=day_time(entry.received_at),
        iso=entry.received_at.isoformat(),
        words="\n".join([reason_of(entry), *typed]),
        arrived=None,
    )


def lines_of(event: Any) -> list[str]:
    """What was typed with it, one line for each thing, in the order of PHRASES."""
    details = event.details
    lines = [line for name, phrase in PHRASES.items() if details.get(name) and (line := phrase(details[name]))]
    if event.action in REASONS and details.get("reason"):
        lines.insert(0, _(REASONS[event.action](details["reason"]).label))
    return lines


def label_of(enumeration: Any) -> Callable[[str], str]:
    """A phrase for one member of an enumeration."""
    return lambda value: _(enumeration(value).label)


def how_late(step: str) -> str:
    """How far beyond the deadline, where the event's own name does not say it."""
    return _(Step(step).label) if step in (Step.HALF_AGAIN, Step.TWICE) else ""


def into_hands(to: dict[str, str]) -> str:
    """Department and, if one was named, person."""
    department = to["name_en"] if to["name_en"] and str(get_locale()) == "en" else to["name"]
    return f"→ {department} · {to['holder']}" if to["holder"] else f"→ {department}"


def moment(words: str) -> Callable[[str], str]:
    """A phrase for a moment; `words` is an English source string with %(time)s."""
    return lambda iso: _(words, time=day_time(datetime.fromisoformat(iso)))


def corrections(corrected: dict[str, str | None]) -> str:
    """What was put right, and where words tell it, to what."""
    readable: dict[str, Callable[[str], str]] = {
        "kind": label_of(Kind), "place": str, "caller_name": str, "caller_phone": phone,
    }  # fmt: skip
    lines = []
    for name, value in corrected.items():
        if name in COLUMNS:
            label = _(COLUMNS[name])
            lines.append(f"{label} → {readable[name](value) if value else '–'}" if name in readable else label)
    return "\n".join(lines)


PHRASES: dict[str, Callable[[Any], str]] = {
    "clock": label_of(Clock),
    "step": how_late,
    "to": into_hands,
    "until": lambda day: _("Until %(day)s", day=format_date(date.fromisoformat(day), "MM-dd")),
    "appointment_at": moment(N_("Appointment: %(time)s")),
    "instead_of": moment(N_("Instead of %(time)s")),
    "instruction": str,
    "outcome": label_of(Outcome),
    "work_done": str,
    "parts": lambda parts: _("Parts: %(parts)s", parts=parts),
    "verdict": label_of(Verdict),
    "reasons": lambda reasons: " · ".join(_(VerdictReason(reason).label) for reason in reasons),
    "service_class": label_of(ServiceClass),
    "audience": lambda audience: _("The resident was told this") if audience == "resident" else _("Among ourselves"),
    "corrected": corrections,
    "words": str,
    "due_at": moment(N_("By %(time)s")),
    "next_try_at": moment(N_("Next try: %(time)s")),
}
