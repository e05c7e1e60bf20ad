"""A phone checks in: it says how it is, and is told which pages belong on it, each with its version."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from flask import Response, abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import get_locale
from flask_login import current_user

from actions import phones
from blueprints.access import requires
from blueprints.assets import build
from blueprints.forgery import phone_id
from blueprints.navigation import home_of
from blueprints.sync.blueprint import bp
from domain.days import DEFAULT_ZONE, local_day
from domain.permissions import Permission
from forms.base import read
from forms.check_in import CheckInForm
from queries import directory, phone_plan

COOKIE = "yingda_phone"
COOKIE_DAYS = 400  # as long as browsers allow
P = Permission


@bp.post("/check-in")
@requires(Permission.USE_ACCOUNT)
def check_in() -> ResponseReturnValue:
    """Kept is what was said of the person who is signed in; the plan is theirs in any case."""
    id = phone_id() or abort(400)
    form = CheckInForm()
    form.validate()
    if read(UUID, request.headers.get("X-Person")) in (None, current_user.id):
        label = request.user_agent.string
        phones.check_in(id, form.standing, by=current_user, label=label, has_lost=form.has_lost_its_storage)
    answer = jsonify(plan(datetime.now(UTC)))
    name_phone(answer, id)
    return answer


def name_phone(answer: Response, id: UUID) -> None:
    """The phone's name once more, kept longer than its storage; no secret, and for the phone's script to read."""
    secure = request.is_secure
    answer.set_cookie(COOKIE, str(id), max_age=COOKIE_DAYS * 24 * 3600, secure=secure, httponly=False, samesite="Lax")


def plan(now: datetime) -> dict[str, Any]:
    """All that belongs on the phone of the signed-in person."""
    day = local_day(now, current_user.site.zone if current_user.site else DEFAULT_ZONE)
    drawn_for = (build(), str(get_locale()), day.isoformat(), sorted(current_user.roles))
    jobs = phone_plan.jobs(current_user, now=now)
    pages = [{"url": url, "version": version(drawn_for, seen)} for url, seen in [*lists(jobs), *job_pages(jobs)]]
    return {
        "user": str(current_user.id),
        "name": current_user.name,
        "build": build(),
        "now": now.isoformat(),
        "home": next((page["url"] for page in pages if page["url"] == home_of(current_user)), pages[0]["url"]),
        "pages": pages,
        "photos": [url_for("attachments.thumbnail", id=id) for id in jobs.open_photos],
        "directory": directory_offered(day),
        "shell": {"pages": [url_for("pwa.offline"), url_for("pwa.signed_out")], "version": version(*drawn_for[:2])},
    }


def lists(jobs: phone_plan.Jobs) -> Iterator[tuple[str, Any]]:
    """The pages that are not about one job, each with what its looks depend on."""
    if current_user.can(P.WORK):
        seen = [(str(job.id), job.service_request.version) for job in [*jobs.own, *jobs.listed]]
        yield url_for("phone.my_jobs"), (current_user.on_duty, seen)
    if current_user.can(P.ASSIGN):
        yield url_for("phone.department"), phone_plan.department_mark(current_user)
    if current_user.can(P.REGISTER):
        yield url_for("phone.my_reports"), phone_plan.reports_mark(current_user)
        if current_user.site:  # somebody of the company chooses the site first, which takes a network
            yield url_for("phone.hand_over"), phone_plan.hand_over_mark(current_user, current_user.site)
    yield url_for("phone.outbox"), ()


def job_pages(jobs: phone_plan.Jobs) -> Iterator[tuple[str, Any]]:
    """The page of each job."""
    for job in jobs.own:
        service_request = job.service_request
        yield url_for("phone.job", id=job.id), (service_request.version, len(jobs.photos.get(service_request.id, ())))


def version(*seen: Any) -> str:
    """A short text that is another one whenever any of this is."""
    return sha256(repr(seen).encode()).hexdigest()[:12]


def directory_offered(day: date) -> dict[str, str] | None:
    """The rooms of one's own site, for who may look them up."""
    if current_user.site is None or not current_user.can(P.LOOK_UP_UNITS):
        return None
    return {"url": url_for("sync.rooms"), "version": directory_version(day)}


def directory_version(day: date) -> str:
    """Another one when rooms or people may have changed, by an import, by the administration, by the calendar."""
    return version(day.isoformat(), directory.version(current_user.site), str(get_locale()))
