"""Who asked for what, when and how: four hundred calls of the last sixty days, in the order in which they came."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

from actions.demo.buildings import COMMON_AREAS
from actions.demo.sheets import rows
from actions.demo.texts import sayings_for, told
from actions.demo.today import ON_HAND, SITE, on_hand
from domain.permissions import Role

CALLS, DAYS = 400, 60
MINUTES_AGO = (2, 4, 6, 13, 31, 75, 170)  # whatever the hour, the desk has something to do
HOURS = (1, 1, 1, 1, 1, 2, 4, 8, 20, 34, 36, 26, 14, 14, 20, 22, 20, 16, 14, 14, 12, 8, 4, 2)
WEEKEND = 0.3
CHANNELS = {"phone": 48, "staff": 22, "wechat": 14, "visit": 6, "app": 4, "web": 2, "opinion_card": 1, "committee": 1,
            "email": 1, "letter": 1}  # fmt: skip
FREQUENT = {"ceiling-leak": 5, "taken-space": 5, "upstairs-noise": 5, "out-of-hours-drilling": 5, "rubbish-pile": 4,
            "corridor-light": 5, "access-card": 5, "blocked-drain": 4, "dripping-tap": 4, "lift-out-of-order": 4,
            "bill-question": 5, "monthly-card": 4, "not-cooling": 5, "blocked-fire-route": 4, "staff-praise": 4,
            "idea": 5, "illegal-parking": 4, "cooking-fumes": 3}  # fmt: skip
RARE = {"area-blackout", "fire-smoke", "gas-smell", "falling-object", "fallen-tree", "theft"}
IN_COMMON_AREAS = {"lifts", "facilities", "cleaning", "greening", "order", "fire-safety"}
WRITERS_OFTEN = 12  # households a site hears from again and again
DUPLICATES = 16


def calls(estate: SimpleNamespace) -> list[SimpleNamespace]:
    """All of them, oldest first; a few are the same trouble reported once more by somebody else in the building."""
    often = {code: estate.draw.sample(list(homes), WRITERS_OFTEN) for code, homes in estate.households.items()}
    heard = [call(estate, at, often) for at in sorted(moments(estate))]
    heard += [call(estate, story.at, often, story) for story in on_hand(estate)]
    for first in estate.draw.sample([c for c in heard if c.duplicable], DUPLICATES):
        heard.append(again(estate, first))
    return sorted((c for c in heard if c.at < estate.now), key=lambda c: c.at)


def moments(estate: SimpleNamespace) -> Iterator[datetime]:
    """When they came: few at weekends and at night, most between nine and eleven; some just now."""
    zone, draw = ZoneInfo("Asia/Shanghai"), estate.draw
    yield from (estate.now - timedelta(minutes=ago, seconds=draw.randrange(60)) for ago in MINUTES_AGO)
    days = [estate.today - timedelta(days=ago) for ago in range(DAYS + 1)]
    busy = [WEEKEND if day.weekday() >= 5 else 1 for day in days]
    left = CALLS - DUPLICATES - len(MINUTES_AGO) - len(ON_HAND)
    while left:
        hour, day = draw.choices(range(24), HOURS)[0], draw.choices(days, busy)[0]
        moment = datetime.combine(day, time(hour, draw.randrange(60), draw.randrange(60)), zone)
        if moment < estate.now:
            left -= 1
            yield moment


def call(estate: SimpleNamespace, at: datetime, often: dict[str, list[Any]], story: Any = None) -> SimpleNamespace:
    """One call: site, category, words, caller, place, channel; a story of today's work settles some of it."""
    draw = estate.draw
    site_code = SITE if story else draw.choices(("YH", "KC"), (3, 1))[0]
    category, saying = repair_of(estate, story) if story else subject(estate, site_code)
    homes = estate.households[site_code]
    unit, people = homes[draw.choice(often[site_code]) if draw.random() < 0.12 else draw.choice(list(homes))]
    resident, phone = draw.choice(people)
    trade = estate.trades[category.trade_id]
    common = trade in IN_COMMON_AREAS and draw.random() < 0.4
    place = {"place": draw.choice(COMMON_AREAS[site_code])} if common else {"unit_id": str(unit.id)}
    details = {
        "kind": saying[0],
        "category_id": str(category.id),
        "channel": channel(estate, story),
        "words": told(draw, saying, category, unit, resident.name, site_code),
        "mood": mood(estate, saying[0]),
        "resident_id": str(resident.id),
        "caller_name": resident.name,
        "caller_phone": phone,
        **place,
    }
    duplicable = saying[0] == "repair" and estate.now - at > timedelta(days=2)
    return SimpleNamespace(
        at=at, site=estate.sites[site_code], category=category, trade=trade, details=details, unit=unit,
        duplicable=duplicable, same_as=None, job=None, story=story,
    )  # fmt: skip


def channel(estate: SimpleNamespace, story: Any) -> str:
    """How it reached us."""
    if story:
        return "staff" if Role.GUARD in story.teller.roles else "phone"
    return estate.draw.choices(list(CHANNELS), list(CHANNELS.values()))[0]


def repair_of(estate: SimpleNamespace, story: Any) -> tuple[Any, tuple[str, str]]:
    """Something to mend, in the category of the story."""
    repairs = [saying for saying in sayings_for(story.category, SITE) if saying[0] == "repair"]
    return estate.categories[story.category], estate.draw.choice(repairs)


def subject(estate: SimpleNamespace, site_code: str) -> tuple[Any, tuple[str, str]]:
    """What it is about, and the core of the words."""
    faults = [row["code"] for row in rows("categories") if row["depth"] == "3" and sayings_for(row["code"], site_code)]
    weights = [FREQUENT.get(code, 0.3 if code in RARE else 1.5) for code in faults]
    code = estate.draw.choices(faults, weights)[0]
    return estate.categories[code], estate.draw.choice(sayings_for(code, site_code))


def mood(estate: SimpleNamespace, kind: str) -> str:
    """How the caller sounded."""
    weights = {"complaint": (4, 3, 3), "help": (1, 7, 2)}.get(kind, (8, 2, 0))
    return estate.draw.choices(("calm", "worried", "angry"), weights)[0]


def again(estate: SimpleNamespace, first: SimpleNamespace) -> SimpleNamespace:
    """The same trouble, an hour or so later, from another household of the building."""
    homes = estate.households[first.site.code].values()
    neighbours = [(unit, people) for unit, people in homes if unit.building_id == first.unit.building_id]
    unit, people = estate.draw.choice(neighbours)
    resident, phone = estate.draw.choice(people)
    details = first.details | {
        "resident_id": str(resident.id),
        "caller_name": resident.name,
        "caller_phone": phone,
        "words": estate.draw.choice(complaint_again()) + first.details["words"],
    }
    at = first.at + timedelta(minutes=estate.draw.randrange(6, 45))
    return SimpleNamespace(**vars(first) | {"at": at, "details": details, "same_as": first, "unit": unit})


def complaint_again() -> tuple[str, ...]:
    """How somebody begins who is not the first to call."""
    return ("邻居应该也打过电话了，我再说一下。", "我们这边也一样：", "同样的问题，我家也碰到了。")
