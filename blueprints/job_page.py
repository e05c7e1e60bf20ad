"""A job's page: the same whether it is looked at, or an action on it was refused."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Response, url_for
from flask_babel import gettext as _
from flask_login import current_user

from blueprints.htmx import asked_by_htmx, page_or_fragment
from blueprints.pictures import picture
from blueprints.promises import to_be_kept
from blueprints.timeline import ICONS
from domain.clocks import Clock, Reading
from domain.errors import NotFound
from domain.lifecycle import OPEN_JOB, REQUEST_ACTIONS, Action, JobStatus
from domain.offline import later_actions
from forms.job import JobForm
from forms.lifecycle import action_form
from queries import clocks, my_jobs

# What is usually done next, in the order in which it is.
LIKELY = ("take", "acknowledge", "arrive", "resume", "complete")
ONE_TAP = frozenset({"take", "acknowledge", "arrive", "resume"})
LEAVES = frozenset({"transfer", "return", "assign"})  # afterwards one looks at something else: no fragment, a page
WORK_CLOCKS = frozenset({Clock.ARRIVE, Clock.CONTAIN, Clock.COMPLETE})
ANNOTATE = REQUEST_ACTIONS["annotate"]


@dataclass(frozen=True)
class Step:
    """An action as the page offers it: at once, or, `is_later`, when something saved on the phone has led there."""

    action: Action
    url: str
    is_later: bool

    @property
    def is_tap(self) -> bool:
        """Whether one tap says it all."""
        return self.action.name in ONE_TAP

    @property
    def leaves(self) -> bool:
        """Whether one looks at something else afterwards."""
        return self.action.name in LEAVES

    @property
    def starts(self) -> str:
        """The statuses of the job from which it is possible; a note is, while there is a job."""
        starts = OPEN_JOB | {JobStatus.DONE} if self.action is ANNOTATE else self.action.start
        return " ".join(sorted(status.value for status in starts if status))


def likely(actions: list[Action]) -> Action | None:
    """The one action to offer first, if any."""
    by_name = {action.name: action for action in actions}
    return next((by_name[name] for name in LIKELY if name in by_name), None)


def page(
    id: UUID,
    *,
    opened: Action | None = None,
    typed: JobForm | None = None,
    sentence: str | None = None,
    status: int = 200,
) -> Response:
    """The job with all its forms, `opened` unfolded; `typed` is the form as it was sent, kept although it was refused.

    A job that left the viewer's reach gives a page that says so. Raises NotFound for one that never was in it.
    """
    try:
        job = my_jobs.detail(id, viewer=current_user)
    except NotFound:
        return gone(id, typed)
    actions = job.actions_for(current_user)
    steps = steps_of(job, actions)
    forms = forms_for(job, [step.action for step in steps])
    if typed and opened and opened.name in forms:
        typed.renew(job.service_request.version)
        forms[opened.name] = typed
    first, readings = likely(actions), clocks.of_service_request(job.service_request)
    return page_or_fragment(
        "phone/job.html",
        "phone/_job.html",
        status=status,
        job=job,
        steps=sorted((step for step in steps if step.action.name in forms), key=place_of),
        forms=forms,
        likely=first,
        opened=opened or (first if first and first.name == "complete" and job.arrived_at else None),
        lost=typed.kept_words if typed and opened and opened.name not in forms else [],
        sentence=sentence,
        readings=about_the_work(readings),
        promises=to_be_kept(job.service_request, readings),
        history=my_jobs.history_of_unit(job) if job.service_request.unit_id else [],
        pictures=[picture(attachment, _(attachment.stage.label)) for attachment in job.service_request.attachments],
        moved=asked_by_htmx(),
        icons=ICONS,
    )


def steps_of(job: Any, actions: list[Action]) -> list[Step]:
    """What can be done now, and what a phone can be used for without a signal after that."""
    later = later_actions(job, current_user, datetime.now(UTC))
    steps = [
        Step(action, url_for("jobs.act", id=job.id, action=action), action in later) for action in [*actions, *later]
    ]
    if ANNOTATE in job.service_request.actions_for(current_user):
        steps.append(Step(ANNOTATE, url_for("jobs.annotate", id=job.id), False))
    return steps


def place_of(step: Step) -> tuple[bool, int]:
    """Completing comes first of the folds; of the taps, the likeliest stands last, in the bar."""
    name = step.action.name
    return (name != "complete", -LIKELY.index(name) if name in LIKELY else 0)


def forms_for(job: Any, actions: list[Action]) -> dict[str, JobForm]:
    """A fresh form for each action; who may assign needs no second way to hand the job on."""
    names = {action.name for action in actions}
    return {
        action.name: form_of(action, job, formdata=None)
        for action in actions
        if action.name != "transfer" or "assign" not in names
    }


def form_of(action: Action, job: Any, **options: Any) -> Any:
    """The form of one action; its fields' ids begin with the action's name, because a page holds several forms."""
    form = action_form(action, job, current_user, **options)
    for field in form:
        field.id = field.label.field_id = f"{action.name}-{field.name}"
    return form


def gone(id: UUID, typed: JobForm | None) -> Response:
    """Says that the job is in other hands now, without saying in whose. Raises NotFound."""
    if my_jobs.left(id, viewer=current_user) is None:
        raise NotFound()
    lost = typed.kept_words if typed else []
    return page_or_fragment("phone/gone.html", "phone/_gone.html", status=409 if typed else 404, lost=lost)


def about_the_work(readings: Iterable[Reading]) -> list[Reading]:
    """Of these, the clocks of the present round that are about the work itself."""
    read = [r for r in readings if r.clock in WORK_CLOCKS and r.due_at and not r.void]
    return [r for r in read if r.round == max(reading.round for reading in read)]
