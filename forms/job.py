"""What is typed for each action of a job: one form per action, the same at a desk and on a phone."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from flask_babel import format_date
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, HiddenField, RadioField
from wtforms.validators import InputRequired, Optional, ValidationError

from domain.days import local_day
from domain.outcomes import CancelReason, Outcome, PauseReason, ReturnReason
from forms.base import ActionForm, read
from forms.fields import LocalMomentField, choice, in_the_future, line, prose
from forms.photos import PhotosField, SignatureField
from queries import department_jobs

LONGEST_HOLD = timedelta(days=366)


class JobForm(ActionForm):
    """A tap. `back` says where the sender wants to be afterwards: "desk", "department", else at the job."""

    back = HiddenField()

    @property
    def details(self) -> dict[str, Any]:
        """What was typed; neither the way back nor a picture is part of it."""
        return {name: value for name, value in super().details.items() if name not in ("back", "signature")}

    @property
    def photos(self) -> list[tuple[str, PhotosField | SignatureField]]:
        """The stage of the work, and a field for pictures of it; who signs has seen the work done."""
        photos = [(field.name.removeprefix("photos_"), field) for field in self if isinstance(field, PhotosField)]
        return photos + [("after", field) for field in self if isinstance(field, SignatureField)]


def remark() -> Any:
    """A remark for the centre."""
    return prose(_l("Note for the centre"), longest=1000, rows=2)


class HoldForm(JobForm):
    """Waits: why, and until which day of the site."""

    reason = choice(_l("Why does it wait?"), PauseReason)
    until = RadioField(_l("Until when?"), validate_choice=False)
    until_day = DateField(_l("Another day"), validators=[Optional()])
    words = remark()
    photos_before = PhotosField(_l("Photos"))

    def prepare(self, subject: Any, viewer: Any) -> None:
        """The quick picks name the day they mean, so that a tap that arrives late still says what was meant."""
        tapped = self.bookkeeping["happened_at"] or datetime.now(UTC)
        self.today = local_day(tapped, subject.service_request.site.zone)
        picks = (_("Tomorrow"), 1), (_("In 3 days"), 3), (_("In a week"), 7)
        days = [(word, self.today + timedelta(days=ahead)) for word, ahead in picks]
        self.until.choices = [(day.isoformat(), f"{word} · {format_date(day, 'MM-dd')}") for word, day in days]

    def validate_until(self, field: RadioField) -> None:
        """One day, the day of the tap at the earliest; a typed day wins over a quick pick."""
        day = self.until_day.data or read(date.fromisoformat, field.data)
        if day is None:
            raise ValidationError(_("Please choose a day."))
        if not self.today <= day <= self.today + LONGEST_HOLD:
            raise ValidationError(_("Choose a day from today on, within a year."))

    @property
    def details(self) -> dict[str, Any]:
        """One day, whichever way it was given."""
        details = super().details
        return details | {"until": details.pop("until_day", None) or details["until"]}


class ReturnForm(JobForm):
    """Back to the centre, with the reason: a department cannot decline."""

    reason = choice(_l("Why does it go back?"), ReturnReason)
    words = remark()
    photos_before = PhotosField(_l("Photos"))

    def validate_reason(self, field: RadioField) -> None:
        """“Other reason” alone says nothing."""
        if field.data == ReturnReason.OTHER and not self.words.data:
            raise ValidationError(_("Please say why in the note."))


class CompleteForm(JobForm):
    """What it came to, what was done, and what it looks like now."""

    outcome = choice(_l("What is the result?"), Outcome)
    work_done = prose(_l("What was done"))
    photos_after = PhotosField(_l("Photos after the work"))
    photos_before = PhotosField(_l("Photos before the work"))
    parts = line(_l("Parts used"), longest=500)
    words = remark()
    signature = SignatureField(_l("Signature of the resident"))

    def validate_outcome(self, field: RadioField) -> None:
        """Whoever says fixed says what was done: the resident will ask."""
        if field.data in (Outcome.FIXED, Outcome.CONTAINED) and not self.work_done.data:
            raise ValidationError(_("Please say what was done."))


class AssignForm(JobForm):
    """Into whose hands."""

    target = RadioField(_l("Who does it?"), validate_choice=False, validators=[InputRequired(_l("Please choose one."))])
    words = remark()

    def prepare(self, subject: Any, viewer: Any) -> None:
        """Offers the colleagues of the job's department, best placed first; whoever holds it is no choice."""
        self.everybody = department_jobs.colleagues(subject.department_id, subject.trade_id)
        self.colleagues = [colleague for colleague in self.everybody if colleague.id != subject.holder_id]
        self.target.choices = [(f"holder:{colleague.id}", colleague.name) for colleague in self.colleagues]

    def validate_target(self, field: RadioField) -> None:
        """A department gives orders to its own. (The holder passes: the same order may arrive a second time.)"""
        if field.data not in {f"holder:{colleague.id}" for colleague in self.everybody}:
            raise ValidationError(_("Choose a colleague of this department."))

    @property
    def details(self) -> dict[str, Any]:
        """The target as the action reads it."""
        details = super().details
        return details | {"holder_id": details.pop("target").removeprefix("holder:")}


class TransferForm(AssignForm):
    """To a colleague of the same department."""


class RescheduleForm(JobForm):
    """When the resident expects us, as agreed with them."""

    appointment_at = LocalMomentField(
        _l("New appointment"), [InputRequired(_l("Please give a day and a time.")), in_the_future]
    )
    words = remark()

    def prepare(self, subject: Any, viewer: Any) -> None:
        """Begin with the appointment there is."""
        if not self.is_submitted():
            self.appointment_at.data = subject.appointment_at


class NoteForm(JobForm):
    """A note to the centre, written where the work is."""

    words = prose(_l("Note"), required=True)
    photos_before = PhotosField(_l("Photos"))

    def prepare(self, subject: Any, viewer: Any) -> None:
        """The job it is about is part of the note."""
        self.job_id = subject.id

    @property
    def details(self) -> dict[str, Any]:
        """Among ourselves, with the job."""
        return super().details | {"audience": "internal", "job_id": str(self.job_id)}


class CallOffForm(JobForm):
    """No longer needed, and why."""

    reason = choice(_l("Why is it called off?"), CancelReason)
    words = remark()


FORMS: dict[str, type[ActionForm]] = {
    "annotate": NoteForm,
    "assign": AssignForm,
    "take": JobForm,
    "acknowledge": JobForm,
    "arrive": JobForm,
    "hold": HoldForm,
    "resume": JobForm,
    "complete": CompleteForm,
    "transfer": TransferForm,
    "return": ReturnForm,
    "reschedule": RescheduleForm,
    "cancel_job": CallOffForm,
}
