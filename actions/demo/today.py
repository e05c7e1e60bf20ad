"""What the colleagues one can sign in as have on their hands, at whatever hour the estate is built."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

from actions.demo.courses import Steps, result, scene_of, step
from actions.demo.crew import agent_of
from actions.demo.sheets import phrases
from domain.days import DEFAULT_ZONE

# Minutes since it came, who took it down, whose work it is (nobody's yet: free to take), what about, how far it got.
ON_HAND = (
    (205, "guard", "technician", "blocked-drain", "done"),
    (150, "guard", "technician2", "corridor-light", "done"),
    (122, "agent", "technician", "window", "held"),
    (104, "agent", "technician2", "lift-button", "held"),
    (88, "agent", "technician2", "intercom", "later"),
    (80, "agent", "technician", "low-pressure", "later"),
    (44, "guard", "technician", "dripping-tap", "begun"),
    (40, "agent", "technician2", "socket", "begun"),
    (29, "agent", "technician", "blocked-toilet", "acknowledged"),
    (22, "agent", "technician2", "meter", "dispatched"),
    (16, "guard", "technician", "entrance-door", "dispatched"),
    (12, "agent", "", "dripping-tap", "dispatched"),
    (8, "guard", "", "access-card", "dispatched"),
)  # fmt: skip
STEPS = {
    "dispatched": (),
    "acknowledged": ("acknowledge",),
    "later": ("acknowledge",),
    "begun": ("acknowledge", "arrive"),
    "held": ("acknowledge", "arrive", "hold"),
    "done": ("acknowledge", "arrive", "complete"),
}
SITE = "YH"


def on_hand(estate: SimpleNamespace) -> Iterator[SimpleNamespace]:
    """The stories, oldest first; all of them began today, even soon after midnight."""
    midnight = datetime.combine(estate.today, time.min, ZoneInfo(DEFAULT_ZONE))
    longest = ON_HAND[0][0] + 3
    minute = min((estate.now - midnight) / longest, timedelta(minutes=1))
    for minutes, teller, holder, category, stage in ON_HAND:
        yield SimpleNamespace(
            at=estate.now - minute * minutes, teller=estate.people[teller], holder=estate.people.get(holder),
            category=category, stage=stage,
        )  # fmt: skip


def course_on_hand(estate: SimpleNamespace, call: SimpleNamespace) -> Steps:
    """Registered, accepted, sent to its technician or to the department, and as far as it got."""
    story, agent = call.story, agent_of(estate, call.site)
    names = STEPS[story.stage]
    pause = (estate.now - call.at) / (len(names) + 5)
    first = step(call, call.at, "register", story.teller, **call.details)
    first.photos = {"reported": scene_of(call)} if story.holder else {}
    yield first
    yield step(call, call.at + pause / 2, "accept", agent)
    yield step(call, call.at + pause, "dispatch", agent, **assignment(estate, call))
    for number, name in enumerate(names, 2):
        last = step(call, call.at + pause * number, name, story.holder, **details(estate, call, name))
        last.photos = {"before": scene_of(call), "after": "after"} if name == "complete" else {}
        yield last


def assignment(estate: SimpleNamespace, call: SimpleNamespace) -> dict[str, str]:
    """To whom, and for what is done another day the appointment: tomorrow at ten."""
    said = {"instruction": estate.draw.choice(phrases()["instruction"])}
    if call.story.stage == "later":
        tomorrow = datetime.combine(estate.today + timedelta(days=1), time(10), ZoneInfo(DEFAULT_ZONE))
        said["appointment_at"] = tomorrow.isoformat()
    if call.story.holder:
        return said | {"holder_id": str(call.story.holder.id)}
    return said | {"department_id": str(estate.departments[SITE, call.category.department_code].id)}


def details(estate: SimpleNamespace, call: SimpleNamespace, name: str) -> dict[str, str]:
    """What is typed with a step."""
    if name == "hold":
        until = estate.today + timedelta(days=2)
        words = estate.draw.choice(phrases()["hold.parts"])
        return {"reason": "parts", "until": until.isoformat(), "words": words}
    return result(estate, call) if name == "complete" else {}
