"""The words by which the notice table tells one event from another of the same action."""

from collections.abc import Mapping
from typing import Any

from domain.alarms import Step
from domain.notice_table import LADDER
from domain.permissions import Role
from domain.rules import MAY_SKIP_ACCEPTANCE
from domain.service_classes import ServiceClass
from domain.standards import Clock

_AT_WORK = frozenset({Clock.ARRIVE, Clock.CONTAIN, Clock.COMPLETE})


def situation(
    action: str,
    details: Mapping[str, Any],
    *,
    service_class: ServiceClass,
    actor_roles: frozenset[Role],
    times_before: int,
) -> frozenset[str]:
    """What is true of an event. `times_before`: how often the same was done to this request before."""
    if action == "register" and service_class in MAY_SKIP_ACCEPTANCE:
        return frozenset({"urgent"})
    if action == "dispatch" and details.get("holder_id"):
        return frozenset({"to person"})
    if action == "reopen" and times_before:
        return frozenset({"again"})
    if action == "escalate":
        return frozenset({f"to {rung(actor_roles, times_before).value}"})
    if action in ("warn", "breach"):
        return of_alarm(Clock(details["clock"]), Step(details["step"]))
    return frozenset()


def rung(actor_roles: frozenset[Role], times_before: int) -> Role:
    """Who hears of an escalation: one higher each time, and never lower than whoever escalates."""
    above = max((LADDER.index(role) + 1 for role in actor_roles if role in LADDER), default=0)
    return LADDER[min(max(above, times_before), len(LADDER) - 1)]


def of_alarm(clock: Clock, step: Step) -> frozenset[str]:
    """Whose clock it is, and how far up the ladder."""
    if clock is Clock.PROMISE:
        return frozenset({"promise"})
    if step in (Step.HALF_AGAIN, Step.TWICE):
        return frozenset({step.value})
    return frozenset({step.value, "at work" if clock in _AT_WORK else "at the centre"})
