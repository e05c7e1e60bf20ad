"""My reports: what came of everything I handed over."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.access import requires
from blueprints.display import local_name
from blueprints.phone.blueprint import bp
from domain.outcomes import Verdict
from domain.permissions import Permission
from forms.base import read
from queries import my_reports as queries
from queries.paging import Key


@dataclass(frozen=True)
class Receipt:
    """One thing that came of a report."""

    icon: str
    label: str
    at: datetime | None
    words: str = ""


@bp.get("/reports")
@requires(Permission.REGISTER)
def my_reports() -> ResponseReturnValue:
    """The open ones first, the newest first."""
    reports = queries.of(current_user, beyond=read(Key.read, request.args.get("beyond")))
    older = url_for(".my_reports", beyond=str(reports.older)) if reports.older else None
    newer = url_for(".my_reports") if request.args.get("beyond") else None
    return render_template(
        "phone/my_reports.html", reports=reports.rows, receipts_of=receipts_of, older=older, newer=newer
    )


def receipts_of(report: Any) -> list[Receipt]:
    """Received, accepted, sent to whom, answered, closed: as far as it has come."""
    receipts = [Receipt("inbox", _("Received"), report.recorded_at)]
    for event in report.events:
        if event.action == "accept":
            receipts.append(Receipt("check", _("Accepted"), event.happened_at))
        elif event.action == "dispatch":
            job = next(job for job in report.jobs if job.id == event.job_id)
            to = job.holder.name if job.holder else local_name(job.department)
            receipts.append(Receipt("send", _("Sent to"), event.happened_at, to))
        elif tells_resident(event):
            receipts.append(Receipt("message-square-text", _("Answered"), event.happened_at, event.details["words"]))
        elif event.action == "conclude":
            receipts.append(Receipt("circle-check", _("Work done"), event.happened_at, outcome_by(event, report)))
    if report.closed_at:
        receipts.append(Receipt("circle-check", _(report.status.label), report.closed_at, verdict_on(report)))
    return receipts


def outcome_by(event: Any, report: Any) -> str:
    """What the last of the jobs came to that were done by this moment."""
    done = [job for job in report.jobs if job.outcome and job.ended_at and job.ended_at <= event.happened_at]
    return _(max(done, key=lambda job: job.ended_at).outcome.label) if done else ""


def verdict_on(report: Any) -> str:
    """What the resident said when called."""
    verdicts = [e.details["verdict"] for e in report.events if e.action == "close" and e.details.get("verdict")]
    return _(Verdict(verdicts[-1]).label) if verdicts else ""


def tells_resident(event: Any) -> bool:
    """Whether the event is words the resident was given."""
    told = event.action in ("reply", "promise") or event.details.get("audience") == "resident"
    return told and bool(event.details.get("words"))
