"""What happens in a round, from the seed alone: the same seed and round are the same steps, whatever came before."""

from dataclasses import dataclass, field
from random import Random
from typing import Any

WORDS, PHOTOS, POSTS, ALL = "POST /phone/(jobs|hand-over)", "POST /phone/entries/", "POST", ""
WHERE = (WORDS, WORDS, WORDS, PHOTOS, PHOTOS, POSTS, ALL)
FAULTS = (
    *("lose_request", "lose_reply", "lose_reply", "delay", "hang", "cut_reply", "cut_reply"),
    *("500", "502", "503", "429", "portal", "sign_in_page"),
)
WORK = ("acknowledge", "arrive", "hold", "resume", "complete", "annotate")
MOST_TIMES = 4  # requests one fault strikes
TAKEN = {"complete": 3, "hold": 2, "annotate": 1, "register": 2}  # photos at most, by action


@dataclass(frozen=True)
class Step:
    """One thing that happens: `verb` is a method of the run."""

    verb: str
    values: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.verb} {self.values}"


def steps_of(seed: int, number: int, phones: int) -> list[Step]:
    """The steps of a round: first what the network becomes, then taps, crashes and the centre in any order."""
    dice = Random(f"{seed}/{number}")
    body = [tap(dice, phones) for _ in range(dice.randint(1, 3))]
    body += [step for step in (centre(dice), crash(dice, phones), tidying(dice, phones)) if step]
    dice.shuffle(body)
    return [*weather(dice, phones), *body, Step("start_server"), Step("pause", {"seconds": dice.random() * 0.4})]


def weather(dice: Random, phones: int) -> list[Step]:
    """For each phone: sometimes all is well again, sometimes something new is wrong."""
    steps = []
    for phone in range(phones):
        chance = dice.random()
        fault, where, times = dice.choice(FAULTS), dice.choice(WHERE), dice.randint(1, MOST_TIMES)
        seconds = dice.uniform(0.1, 3)
        if where == PHOTOS and dice.random() < 0.2:
            fault = "cut_request"
        if chance < 0.3:
            steps.append(Step("mend", {"phone": phone}))
        elif chance < 0.75:
            values = {"phone": phone, "fault": fault, "where": where, "times": times, "seconds": seconds}
            steps.append(Step("fault", values))
        elif chance < 0.85:
            steps.append(Step("go_offline", {"phone": phone}))
    return steps


def tap(dice: Random, phones: int) -> Step:
    """An entry: of the actions the page offers, the first in this order. Some die in the middle of the tap."""
    wishes = ["register"] if dice.random() < 0.1 else dice.sample(WORK, len(WORK))
    return Step(
        "tap",
        {
            "phone": dice.randrange(phones),
            "wishes": wishes,
            "job": dice.randrange(5),
            "photos": {action: dice.randint(0, most) for action, most in TAKEN.items()},
            "choice": dice.randrange(4),
            "is_empty": dice.random() < 0.08,  # a form without its words is refused
            "is_large": dice.random() < 0.1,  # a picture the phone makes smaller
            "is_twice": dice.random() < 0.1,
            "dies": dice.random() < 0.03,
        },
    )


def centre(dice: Random) -> Step | None:
    """What colleagues do meanwhile; most of all they give out work."""
    chance, values = dice.random(), {"technician": dice.randrange(2), "job": dice.randrange(5)}
    for limit, verb in ((0.4, "dispatch"), (0.58, "assign"), (0.66, "cancel_job"), (0.73, "write_note")):
        if chance < limit:
            return Step(verb, values)
    return None


def crash(dice: Random, phones: int) -> Step | None:
    """Now and then something dies, or a session ends."""
    chance, phone = dice.random(), {"phone": dice.randrange(phones)}
    for limit, step in (
        (0.06, Step("kill_server")),
        (0.07, Step("restart_server")),
        (0.15, Step("kill_browser", phone)),
        (0.18, Step("end_session", phone)),
    ):
        if chance < limit:
            return step
    return None


def tidying(dice: Random, phones: int) -> Step | None:
    """What people do with their outbox."""
    chance, phone = dice.random(), {"phone": dice.randrange(phones)}
    for limit, verb in ((0.25, "look"), (0.31, "discard"), (0.37, "mend_entry")):
        if chance < limit:
            return Step(verb, phone)
    return None
