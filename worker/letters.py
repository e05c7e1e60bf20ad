"""What is written in a notice that leaves the product, in the language of whoever reads it."""

from dataclasses import dataclass

from flask_babel import force_locale
from flask_babel import gettext as _

from domain.notice_table import BEYOND_REACH, BY_NAME

EXCERPT = 200  # characters of what was said


@dataclass(frozen=True)
class Letter:
    """One message: a subject, and plain words below it."""

    subject: str
    words: str


def letter_for(notice, public_url: str) -> Letter:
    """The notice as a message. Robots of a site read Chinese, like whoever never chose a language."""
    with force_locale((notice.recipient.language if notice.recipient else None) or "zh_Hans_CN"):
        row, request = BY_NAME[notice.reason], notice.service_request
        sentence = _(row.words)
        lines = [sentence, ""]
        if row.to not in BEYOND_REACH:
            lines += [f"{place_of(request)}  {request.words[:EXCERPT]}".strip(), ""]
        if notice.event.actor:
            lines += [_("By %(name)s", name=notice.event.actor.name), ""]
        if row.to not in BEYOND_REACH:
            path = f"/notices/{notice.id}" if notice.recipient else f"/service-requests/{request.id}"
            lines += [f"{public_url}{path}"]
        return Letter(f"[{request.reference}] {sentence}", "\n".join(lines))


def place_of(request) -> str:
    """Where it is: the unit, else the building, else what was said."""
    return request.unit.label if request.unit else request.building.name if request.building else request.place
