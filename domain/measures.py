"""What the figures mean: each measure and each rate is defined once, here, in words a director can hold us to.

A measure counts things of one sort (service requests, runs of clocks, calls, jobs); queries/measures.py says the same
in SQL, for the number and for its list. A rate is two sums of measures, divided when it is read.

Which requests are meant: a period selects the requests registered on local days of their site. All that happened to
them is counted, whenever it happened.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from domain.labelled import Labelled
from domain.outcomes import Outcome, Verdict
from domain.standards import Clock
from domain.wording import N_


class Source(Labelled):
    """What a measure counts; one line of its list stands for one of them."""

    REQUESTS = "requests", N_("Requests")
    RUNS = "runs", N_("Runs of a clock")
    CALLS = "calls", N_("Follow-up calls")
    JOBS = "jobs", N_("Jobs")


@dataclass(frozen=True)
class Measure:
    """Something that is counted. `meaning` is its definition, an English source string like the label."""

    name: str
    label: str
    source: Source
    meaning: str
    of_label: str = ""  # the clock it is about, where there is one


@dataclass(frozen=True)
class Rate:
    """The sum of `parts` divided by the sum of `wholes`, in percent; none where the whole is nothing.

    `target` (percent) comes from published company standards; `at_most` says that less is better.
    """

    name: str
    label: str
    parts: tuple[str, ...]
    wholes: tuple[str, ...]
    meaning: str
    target: int | None = None
    at_most: bool = False

    def of(self, counts: Mapping[str, int]) -> float | None:
        """The rate in percent, 0 to 100; None where there is nothing to divide by."""
        whole = sum(counts[name] for name in self.wholes)
        return 100 * sum(counts[name] for name in self.parts) / whole if whole else None

    def is_met(self, rate: float | None) -> bool | None:
        """Whether the target is reached; None without a target or without a rate."""
        if self.target is None or rate is None:
            return None
        return rate <= self.target if self.at_most else rate >= self.target


S = Source
_REQUESTS = (
    Measure("received", N_("Received"), S.REQUESTS, N_("All requests registered in the period.")),
    Measure(
        "unsolved", N_("Being worked on"), S.REQUESTS, N_("Not yet completed: to accept, to dispatch or in progress.")
    ),  # fmt: skip
    Measure("completed", N_("Completed"), S.REQUESTS, N_("The work is done: they wait for the call, or are closed.")),
    Measure("to_call_back", N_("To call back"), S.REQUESTS, N_("Completed and not closed yet.")),
    Measure("closed", N_("Closed"), S.REQUESTS, N_("Closed by a person, after a call or without one.")),
    Measure("cancelled", N_("Cancelled"), S.REQUESTS, N_("Called off before they were completed.")),
    Measure("merged", N_("Merged"), S.REQUESTS, N_("Carried on in another request about the same thing.")),
    Measure(
        "once_completed",
        N_("Completed at least once"),
        S.REQUESTS,
        N_("Completed now, or reopened after they had been completed."),
    ),  # fmt: skip
    Measure("reopened", N_("Reopened"), S.REQUESTS, N_("Reopened at least once because they were not solved.")),
    Measure("chased", N_("Chased"), S.REQUESTS, N_("Somebody asked at least once where it stays.")),
    Measure("escalated", N_("Escalated"), S.REQUESTS, N_("Taken at least one step up.")),
    Measure(
        "not_escalated", N_("Never escalated"), S.REQUESTS, N_("Settled where they arrived, without anybody higher up.")
    ),  # fmt: skip
    Measure("complaints", N_("Complaints"), S.REQUESTS, N_("Requests of the kind complaint.")),
    Measure(
        "to_be_called",
        N_("To be called"),
        S.REQUESTS,
        N_("Completed requests of service classes in which residents are called."),
    ),  # fmt: skip
    Measure(
        "reached",
        N_("Reached"),
        S.REQUESTS,
        N_("To be called, and somebody spoke with the resident since the work was completed."),
    ),  # fmt: skip
    Measure("no_answer", N_("No answer"), S.REQUESTS, N_("To be called and tried, nobody answered yet; not closed.")),
    Measure(
        "not_called",
        N_("Not called yet"),
        S.REQUESTS,
        N_("To be called, nobody tried since the work was completed; not closed."),
    ),  # fmt: skip
    Measure(
        "closed_without_call",
        N_("Closed without a call"),
        S.REQUESTS,
        N_("To be called, and closed though nobody was reached."),
    ),  # fmt: skip
)

# For each clock: how its runs ended. Together they are all its runs.
_ENDS = (
    ("met", N_("In time"), N_("With a deadline, stopped before it passed.")),
    ("late", N_("Late"), N_("With a deadline, stopped after it passed, or still running past it.")),
    ("open", N_("Still running"), N_("With a deadline that has not passed; waiting ones included.")),
    ("no_deadline", N_("No deadline"), N_("No deadline was set: neither in time nor late.")),
    ("void", N_("Not applicable"), N_("Ended without a verdict: cancelled, merged, or no longer asked for.")),
)
_RUNS = tuple(
    Measure(f"{clock}_{end}", label, S.RUNS, meaning, clock.label) for clock in Clock for end, label, meaning in _ENDS
)
_STOPPED = tuple(
    Measure(f"{clock}_stopped", N_("Finished steps"), S.RUNS, N_("Stopped, with or without a deadline."), clock.label)
    for clock in Clock
)
_CALLS = (
    Measure(
        "calls_reached", N_("Calls answered"), S.CALLS, N_("Follow-up calls in which somebody spoke with the resident.")
    ),  # fmt: skip
    Measure("calls_unanswered", N_("Calls not answered"), S.CALLS, N_("Follow-up calls nobody answered.")),
    *(
        Measure(f"verdict_{verdict}", verdict.label, S.CALLS, N_("Calls in which the resident said so."))
        for verdict in Verdict
    ),  # fmt: skip
)
_JOBS = (
    *(
        Measure(f"outcome_{outcome}", outcome.label, S.JOBS, N_("Finished jobs with this outcome."))
        for outcome in Outcome
    ),  # fmt: skip
    Measure("jobs_returned", N_("Returned"), S.JOBS, N_("Jobs that went back to the centre with a reason.")),
)

MEASURES: dict[str, Measure] = {m.name: m for m in (*_REQUESTS, *_RUNS, *_STOPPED, *_CALLS, *_JOBS)}
SOURCES = {name: measure.source for name, measure in MEASURES.items()}

# What the lines of a breakdown show.
BREAKDOWN = (
    "received",
    "unsolved",
    "completed",
    "once_completed",
    "reopened",
    "complete_met",
    "complete_late",
    "verdict_unsatisfied",
    "verdict_satisfied",
    "verdict_fully_satisfied",
)

STEPS = (Clock.ACKNOWLEDGE, Clock.DISPATCH, Clock.ARRIVE, Clock.COMPLETE, Clock.FOLLOW_UP)  # whose lengths are shown


def _on_time(clock: Clock, target: int | None = None) -> Rate:
    return Rate(
        f"{clock}_on_time",
        N_("In time"),
        (f"{clock}_met",),
        (f"{clock}_met", f"{clock}_late"),
        N_("In time, divided by in time and late. Without a deadline, not applicable and still running are left out."),
        target,
    )


_TARGETS = {Clock.ARRIVE: 95, Clock.COMPLETE: 95, Clock.REPLY: 100}
ON_TIME = {clock: _on_time(clock, _TARGETS.get(clock)) for clock in Clock}

_VERDICTS = tuple(f"verdict_{verdict}" for verdict in Verdict)
RATES: dict[str, Rate] = {
    rate.name: rate
    for rate in (
        Rate("completion_rate", N_("Completion rate"), ("completed",), ("completed", "unsolved"),
             N_("Completed, divided by all that were neither cancelled nor merged.")),
        ON_TIME[Clock.COMPLETE],
        Rate("follow_up_rate", N_("Follow-up rate"), ("reached",), ("to_be_called",),
             N_("Reached, divided by completed requests of classes in which residents are called."), 30),
        Rate("satisfaction_rate", N_("Satisfaction"), ("verdict_satisfied", "verdict_fully_satisfied"), _VERDICTS,
             N_("Satisfied and fully satisfied, divided by all calls with a verdict."), 85),
        Rate("rework_rate", N_("Reopened"), ("reopened",), ("once_completed",),
             N_("Reopened at least once, divided by completed at least once."), 5, at_most=True),
        Rate("empowerment_rate", N_("Settled without escalation"), ("not_escalated",), ("received",),
             N_("Never escalated, divided by received.")),
    )
}  # fmt: skip

COMPLAINT_TARGET = 2  # complaints per hundred households a year, at most


def complaints_per_hundred(complaints: int, households: int, days: int) -> float | None:
    """Complaints per 100 households (units) in a year, if all of it went as these days did; None without households."""
    return 100 * complaints / households * 365 / days if households and days else None
