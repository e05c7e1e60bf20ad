"""The classes of service and the deadlines each one gets unless a site sets its own.

The figures come from published company standards, not from law. How they were read:

- "At once" is 5 minutes; for an emergency 2, because it must be dispatched within 2 and dispatching acknowledges.
- In working hours a day is a working day of 7.5 hours, and 24, 48 and 72 h are one, two and three of them: 24 hours
  at a desk would be more than three days to the resident. "Same day" is one working day.
- "Closed in 3 days" is the completion clock; the follow-up call has its own clock after that.
- "Investigate" of a serious complaint is the arrival clock; its plan is the reply clock.
- A suggestion's final answer is on the reply clock and on the completion clock: a promise in between stops the first.
- A repair by appointment, a weekly progress note and a call after the rain are not clocks; they are promises.
- A sampled follow-up without a figure (environment) has a week, like minor repairs.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from domain.labelled import Labelled
from domain.standards import Allowance, Clock, Standard
from domain.wording import N_


class ServiceClass(Labelled):
    """What a service request is promised by its nature."""

    EMERGENCY = "emergency", N_("Emergency")
    URGENT = "urgent", N_("Urgent repair")
    MINOR = "minor", N_("Minor repair")
    MAJOR_WORKS = "major_works", N_("Major or warranty works")
    COMPLAINT = "complaint", N_("General complaint")
    SERIOUS_COMPLAINT = "serious_complaint", N_("Serious complaint")
    ENQUIRY = "enquiry", N_("Enquiry")
    SUGGESTION = "suggestion", N_("Suggestion")
    ENVIRONMENT = "environment", N_("Cleaning, greenery and order")


@dataclass(frozen=True)
class ClassDefaults:
    """The standard of a class, and the percentage of its completed requests that must be called back."""

    standard: Standard
    follow_up_percent: int


HOUR, DAY, WORKING_DAY = 60, 24 * 60, 450  # minutes


def any_time(minutes: int, warn_percent: int = 70) -> Allowance:
    return Allowance(minutes, round_the_clock=True, warn_percent=warn_percent)


def working(minutes: int, warn_percent: int = 70) -> Allowance:
    return Allowance(minutes, round_the_clock=False, warn_percent=warn_percent)


def defaults(follow_up_percent: int, **allowances: Allowance) -> ClassDefaults:
    """The defaults of one class; allowances are named like the clocks, and a clock left out has no deadline."""
    standard = {Clock(name): allowance for name, allowance in allowances.items()}
    return ClassDefaults(MappingProxyType(standard), follow_up_percent)


K = ServiceClass
DEFAULTS: Mapping[ServiceClass, ClassDefaults] = MappingProxyType(
    {
        K.EMERGENCY: defaults(
            follow_up_percent=100,
            acknowledge=any_time(2),
            dispatch=any_time(2),
            arrive=any_time(5),
            complete=any_time(2 * HOUR),
            follow_up=any_time(DAY),
        ),
        K.URGENT: defaults(
            follow_up_percent=100,
            acknowledge=any_time(5),
            dispatch=any_time(5),
            arrive=any_time(15, warn_percent=67),  # after ten minutes
            contain=any_time(2 * HOUR),
            complete=any_time(DAY),
            follow_up=any_time(DAY),
        ),
        K.MINOR: defaults(
            follow_up_percent=30,
            acknowledge=working(30),
            dispatch=working(30),
            arrive=working(WORKING_DAY),
            complete=working(WORKING_DAY),
            follow_up=working(7 * WORKING_DAY),
        ),
        K.MAJOR_WORKS: defaults(
            follow_up_percent=100,
            acknowledge=working(HOUR),
            dispatch=working(4 * HOUR),
            arrive=working(WORKING_DAY),
            complete=working(7 * WORKING_DAY),
            follow_up=working(7 * WORKING_DAY),
        ),
        K.COMPLAINT: defaults(
            follow_up_percent=100,
            acknowledge=working(15),
            dispatch=working(30),
            complete=working(3 * WORKING_DAY),
            reply=any_time(DAY),
            follow_up=working(2 * WORKING_DAY),
        ),
        K.SERIOUS_COMPLAINT: defaults(
            follow_up_percent=100,
            acknowledge=any_time(15),
            dispatch=any_time(15),
            arrive=any_time(2 * HOUR),
            contain=any_time(DAY),
            complete=any_time(7 * DAY),
            reply=any_time(DAY),
            follow_up=any_time(2 * DAY),
        ),
        K.ENQUIRY: defaults(
            follow_up_percent=0,
            acknowledge=working(5),
            complete=working(2 * WORKING_DAY),
            reply=working(4 * HOUR),
        ),
        K.SUGGESTION: defaults(
            follow_up_percent=0,
            acknowledge=working(WORKING_DAY),
            complete=working(7 * WORKING_DAY),
            reply=working(7 * WORKING_DAY),
        ),
        K.ENVIRONMENT: defaults(
            follow_up_percent=10,
            acknowledge=working(30),
            dispatch=working(15),
            arrive=working(HOUR),
            complete=working(WORKING_DAY),
            follow_up=working(7 * WORKING_DAY),
        ),
    }
)
