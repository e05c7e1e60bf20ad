"""What became of a call: one generator for each course a request can take, yielding the steps as they are done.

A course is told what happened (the event) and goes on from there; a step later than now has not happened yet.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from actions.demo.crew import agent_of, director_of, head_of, somebody_for, wardens_of
from actions.demo.pace import in_daytime, later
from actions.demo.sheets import phrases
from domain.lifecycle import OPEN
from domain.service_classes import ServiceClass
from models import User

Steps = Iterator[SimpleNamespace]
WET_CEILINGS = {"ceiling-leak", "outer-wall-seepage", "warranty-leak"}
ANSWERED_AT_THE_DESK = {"enquiry", "suggestion", "compliment"}


def step(call: SimpleNamespace, at: datetime, name: str, by: User, **details: Any) -> SimpleNamespace:
    """One action at a moment. `arrives` is later than `at` when it was done without a signal."""
    return SimpleNamespace(call=call, at=at, name=name, by=by, details=details, arrives=at, photos={})


def scene_of(call: SimpleNamespace) -> str:
    """What a photo of it shows."""
    return "ceiling" if call.category.code in WET_CEILINGS else call.trade


def course_of(estate: SimpleNamespace, call: SimpleNamespace) -> Steps:
    """From the first word to the last."""
    yield from registered(estate, call)
    draw, agent = estate.draw, agent_of(estate, call.site)
    call.service_class = call.request.service_class
    if call.same_as and call.same_as.request.status in OPEN:
        at = call.at + timedelta(minutes=draw.uniform(1, 4))
        yield step(call, at, "merge", agent, survivor_id=str(call.same_as.request.id))
        return
    if draw.random() < 0.04:
        reason = draw.choice(("by_resident", "mistake", "not_ours", "solved"))
        at = in_daytime(draw, call.at + timedelta(minutes=draw.uniform(2, 60)))
        yield step(call, at, "cancel", agent, reason=reason, words=draw.choice(phrases()[f"cancel.{reason}"]))
        return
    at = later(draw, call.at, "accept", call.service_class)
    yield step(call, at, "accept", agent)
    course = answered if is_answered_at_desk(call) else worked
    yield from course(estate, call, at, agent)


def is_answered_at_desk(call: SimpleNamespace) -> bool:
    """Whether nobody has to be sent."""
    return call.details["kind"] in ANSWERED_AT_THE_DESK or call.category.department_code == "centre"


def registered(estate: SimpleNamespace, call: SimpleNamespace) -> Steps:
    """Taken down by the desk, or by a guard on the spot, sometimes where there is no signal."""
    draw = estate.draw
    on_the_spot = call.details["channel"] == "staff"
    by = draw.choice(wardens_of(estate, call.site)) if on_the_spot else agent_of(estate, call.site)
    first = step(call, call.at, "register", by, **call.details)
    if on_the_spot and draw.random() < 0.2:
        call.at = first.arrives = call.at + timedelta(minutes=draw.uniform(12, 90))
    if call.details["kind"] == "repair" and draw.random() < 0.4:
        first.photos = {"reported": scene_of(call)}
    yield first


def answered(estate: SimpleNamespace, call: SimpleNamespace, at: datetime, agent: User) -> Steps:
    """The desk finds the answer itself."""
    draw, kind = estate.draw, call.details["kind"]
    if kind == "complaint" and draw.random() < 0.3:
        words = draw.choice(phrases()["escalate"])
        yield step(call, at + timedelta(minutes=draw.uniform(5, 50)), "escalate", agent, words=words)
    at = later(draw, at, "complete", call.service_class)
    yield step(call, at, "reply", agent, words=draw.choice(phrases()[f"reply.{kind}"]))
    yield from called_back(estate, call, at)


def worked(estate: SimpleNamespace, call: SimpleNamespace, at: datetime, agent: User) -> Steps:
    """Dispatched, done, and asked about."""
    draw = estate.draw
    accepted_at, at = at, later(draw, at, "dispatch", call.service_class)
    yield from remarks(estate, call, accepted_at + (at - accepted_at) / 2, agent)
    at, holder = yield from sent(estate, call, at, agent)
    if draw.random() < 0.03:
        words = draw.choice(phrases()["cancel.by_resident"])
        yield step(
            call, at + timedelta(minutes=draw.uniform(3, 30)), "cancel", agent, reason="by_resident", words=words
        )
        return
    if draw.random() < 0.06:
        reason = draw.choice(("not_our_work", "wrong_place", "no_capacity", "needs_decision"))
        at += timedelta(minutes=draw.uniform(4, 40))
        yield step(call, at, "return", holder, reason=reason, words=draw.choice(phrases()["return"]))
        at = in_daytime(draw, at + timedelta(minutes=draw.uniform(8, 45)))
        at, holder = yield from sent(estate, call, at, agent)
    at = yield from done(estate, call, at, holder)
    yield from called_back(estate, call, at)


def remarks(estate: SimpleNamespace, call: SimpleNamespace, at: datetime, agent: User) -> Steps:
    """What is said beside the work: notes, promises, a resident who calls again."""
    draw = estate.draw
    if draw.random() < 0.2:
        yield step(call, at, "annotate", agent, words=draw.choice(phrases()["note"]), audience="internal")
    if call.details["kind"] == "complaint" and draw.random() < 0.75:
        yield step(call, at, "annotate", agent, words=draw.choice(phrases()["tell"]), audience="resident")
    if draw.random() < 0.07:
        due_at = in_daytime(draw, at + timedelta(hours=draw.choice((24, 48, 72))))
        words = draw.choice(phrases()["promise"])
        yield step(call, at, "promise", agent, words=words, due_at=due_at.isoformat())


def sent(estate: SimpleNamespace, call: SimpleNamespace, at: datetime, agent: User) -> Any:
    """Dispatched to a person, or to a department whose head assigns it; when, and who has it then."""
    draw, holder = estate.draw, somebody_for(estate, call)
    instruction = draw.choice(phrases()["instruction"])
    to_person = draw.random() < 0.45 or call.service_class is ServiceClass.EMERGENCY
    target = {"holder_id": str(holder.id)} if to_person else {"department_id": str(holder.department_id)}
    yield step(call, at, "dispatch", agent, instruction=instruction, **target)
    if not to_person:
        at += timedelta(minutes=draw.uniform(0.5, 6))
        if draw.random() < 0.3 and holder.on_duty and holder.is_qualified_for(call.category.trade_id):
            yield step(call, at, "take", holder)
            return at, holder
        yield step(call, at, "assign", head_of(estate, holder), holder_id=str(holder.id))
    return at, holder


def done(estate: SimpleNamespace, call: SimpleNamespace, at: datetime, holder: User) -> Any:
    """The job from the first look to the last; the moment it was finished."""
    draw = estate.draw
    if call.job.status == "dispatched":
        at = later(draw, at, "acknowledge", call.service_class)
        yield step(call, at, "acknowledge", holder)
    if draw.random() < 0.06 and (other := somebody_for(estate, call)) != holder:
        at += timedelta(minutes=draw.uniform(3, 20))
        yield step(call, at, "transfer", holder, holder_id=str(other.id), words=draw.choice(phrases()["transfer"]))
        holder = other
    if draw.random() < 0.1:
        yield step(call, at + timedelta(minutes=draw.uniform(2, 9)), "chase", agent_of(estate, call.site),
                   words=draw.choice(phrases()["chase"]))  # fmt: skip
    at = later(draw, at, "arrive", call.service_class)
    yield step(call, at, "arrive", holder)
    at = yield from waited(estate, call, at, holder)
    at = later(draw, at, "complete", call.service_class)
    last = step(call, at, "complete", holder, **result(estate, call))
    if draw.random() < 0.35:
        last.photos = {"before": scene_of(call), "after": "after"}
    if draw.random() < 0.1:  # in a cellar
        last.arrives = at = at + timedelta(minutes=draw.uniform(15, 120))
    yield last
    return at


def waited(estate: SimpleNamespace, call: SimpleNamespace, at: datetime, holder: User) -> Any:
    """Every tenth job has to wait for somebody or something; the moment work goes on."""
    draw, waits_still = estate.draw, call.stalls_before == "resume"
    if draw.random() > 0.12 and not waits_still:
        return at
    at += timedelta(minutes=draw.uniform(5, 25))
    reason = draw.choice(("nobody_home", "appointment", "parts", "outside_firm"))
    goes_on = in_daytime(draw, (estate.now if waits_still else at) + timedelta(hours=draw.uniform(20, 90)))
    yield step(call, at, "hold", holder, reason=reason, until=goes_on.date().isoformat(),
               words=draw.choice(phrases()[f"hold.{reason}"]))  # fmt: skip
    yield step(call, goes_on, "resume", holder)
    return goes_on


def result(estate: SimpleNamespace, call: SimpleNamespace) -> dict[str, str]:
    """Outcome, work done and parts, as the technician types them."""
    draw = estate.draw
    outcome = draw.choices(
        ("fixed", "contained", "nobody_home", "no_access", "not_ours", "outside_firm"), (82, 7, 4, 2, 2, 3)
    )[0]
    parts = draw.choice(["", *phrases()[f"parts.{call.trade}"]]) if outcome == "fixed" else ""
    words = {"nobody_home": "敲门无人应答，电话未接，留了通知单。", "no_access": "住户不同意进门，未能检查。"}
    work_done = words.get(outcome) or draw.choice(phrases()[f"done.{call.trade}"])
    return {"outcome": outcome, "work_done": work_done, "parts": parts}


def called_back(estate: SimpleNamespace, call: SimpleNamespace, at: datetime, is_last: bool = False) -> Steps:
    """Verified if it was a complaint; then the call, answered or not, and what the resident said."""
    draw, agent, director = estate.draw, agent_of(estate, call.site), director_of(estate, call.site)
    if call.details["kind"] == "complaint":
        at = in_daytime(draw, at + timedelta(minutes=draw.uniform(10, 300)))
        yield step(call, at, "verify", director)
    at = in_daytime(draw, later(draw, at, "close", call.service_class))
    if draw.randrange(100) >= max(call.request.follow_up_share, 8):
        yield step(call, at, "close_without_call", director)
        return
    while draw.random() < 0.16:
        next_try = in_daytime(draw, at + timedelta(hours=draw.uniform(2, 22)))
        yield step(call, at, "call_not_answered", agent, next_try_at=next_try.isoformat(),
                   words=draw.choice(phrases()["no_answer"]))  # fmt: skip
        at = next_try
    verdict = draw.choices(("unsatisfied", "satisfied", "fully_satisfied"), (0 if is_last else 10, 50, 40))[0]
    reasons = draw.sample(("responsiveness", "competence", "friendliness", "reliability", "communication"), 2)
    said = {"verdict": verdict, "reasons": reasons, "words": draw.choice(phrases()[f"verdict.{verdict}"])}
    if verdict != "unsatisfied":
        yield step(call, at, "close", agent, **said)
        return
    yield step(call, at, "reopen", agent, **said)
    at += timedelta(minutes=draw.uniform(5, 60))
    yield from reworked(estate, call, in_daytime(draw, at), agent)


def reworked(estate: SimpleNamespace, call: SimpleNamespace, at: datetime, agent: User) -> Steps:
    """The second round: somebody goes again, or the desk explains itself."""
    if call.category.department_code == "centre":
        yield step(call, at, "reply", agent, words=estate.draw.choice(phrases()["reply.complaint"]))
    else:
        at, holder = yield from sent(estate, call, at, agent)
        at = yield from done(estate, call, at, holder)
    yield from called_back(estate, call, at, is_last=True)
