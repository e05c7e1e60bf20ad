"""How a job ended, why it waits, why it goes back, and what the resident said in the end."""

from domain.labelled import Labelled
from domain.wording import N_


class Outcome(Labelled):
    """What completing a job came to."""

    FIXED = "fixed", N_("Fixed")
    CONTAINED = "contained", N_("Contained for now")
    NOBODY_HOME = "nobody_home", N_("Nobody home")
    NO_ACCESS = "no_access", N_("No access")
    NOT_OURS = "not_ours", N_("Not ours")
    OUTSIDE_FIRM = "outside_firm", N_("Outside firm needed")

    @property
    def contains(self) -> bool:
        """Whether the harm has been stopped: this is what stops the contain clock."""
        return self in (Outcome.FIXED, Outcome.CONTAINED)


class PauseReason(Labelled):
    """Why a job is on hold. The class decides whether the clocks stand still meanwhile."""

    NOBODY_HOME = "nobody_home", N_("Nobody home")
    APPOINTMENT = "appointment", N_("Appointment with the resident")
    PARTS = "parts", N_("Waiting for parts")
    OUTSIDE_FIRM = "outside_firm", N_("Waiting for an outside firm")

    @property
    def stops_clock(self) -> bool:
        """The resident's own reasons stop the clock; ours do not."""
        return self in (PauseReason.NOBODY_HOME, PauseReason.APPOINTMENT)


class ReturnReason(Labelled):
    """Why a job goes back to the centre."""

    NOT_OUR_WORK = "not_our_work", N_("Not our department's work")
    WRONG_PLACE = "wrong_place", N_("Wrong place or contact")
    NO_CAPACITY = "no_capacity", N_("Nobody free in time")
    NEEDS_DECISION = "needs_decision", N_("Needs a decision first")
    OTHER = "other", N_("Other reason")


class CancelReason(Labelled):
    """Why a service request or a job is called off."""

    BY_RESIDENT = "by_resident", N_("The resident no longer wants it")
    SOLVED = "solved", N_("Already solved")
    MISTAKE = "mistake", N_("Registered by mistake")
    NOT_OURS = "not_ours", N_("Not within our duties")
    OTHER = "other", N_("Other reason")


class Verdict(Labelled):
    """The resident's judgement on the follow-up call: three levels (function K5)."""

    UNSATISFIED = "unsatisfied", N_("Not satisfied")
    SATISFIED = "satisfied", N_("Satisfied")
    FULLY_SATISFIED = "fully_satisfied", N_("Fully satisfied")


class VerdictReason(Labelled):
    """What the praise or the blame was for; the ten criteria of service quality (function K6)."""

    TANGIBILITY = "tangibility", N_("Result that can be seen")
    RELIABILITY = "reliability", N_("Keeping promises")
    RESPONSIVENESS = "responsiveness", N_("Speed")
    COMPETENCE = "competence", N_("Skill")
    FRIENDLINESS = "friendliness", N_("Friendliness")
    CREDIBILITY = "credibility", N_("Honesty")
    SAFETY = "safety", N_("Safety")
    ACCESS = "access", N_("Easy to reach")
    COMMUNICATION = "communication", N_("Being kept informed")
    UNDERSTANDING = "understanding", N_("Being understood")
