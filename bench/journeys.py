"""What is measured: each figure with its target, and how one sample of it is taken."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from itertools import cycle

from bench.visitor import Visitor

REFRESH = re.compile(r'data-refresh[^>]*hx-get="([^"]+)"|hx-get="([^"]+)"[^>]*data-refresh')


@dataclass(frozen=True)
class Figure:
    """One line of the results. `against` is the floor's page or its write; `target` the ratio to stay below."""

    name: str
    against: str
    target: float
    sample: Callable[[Visitor], float]


def get(path: str, **headers: str) -> Callable[[Visitor], float]:
    """Seconds for one GET."""
    return lambda visitor: visitor.ask("GET", path, None, **headers)[2]


def journeys(visitor: Visitor) -> list[Figure]:
    """Everything a desk does all day, with the addresses found as a person finds them: on the pages."""
    queue = visitor.remember(visitor.ask("GET", "/desk")[1])
    cards = list(dict.fromkeys(re.findall(r"/service-requests/[0-9a-f-]{36}", queue)))
    read, written = cycle(cards[::2]), cycle(cards[1::2])  # a card everybody writes on would grow longer and longer
    visitor.remember(visitor.ask("GET", "/service-requests/new")[1])
    return [
        Figure("queue page, 50 rows, with counts", "page", 1.5, get("/desk")),
        Figure("closed requests, second page", "page", 1.5, get(second_page(visitor))),
        Figure("queue refresh, nothing new", "page", 0.4, refresh),
        Figure("request card", "page", 1.5, lambda visitor: get(next(read))(visitor)),
        Figure("search: two characters", "page", 2, get("/desk?lens=all&text=%E6%BC%8F%E6%B0%B4")),
        Figure("search: part of a phone", "page", 2, get("/desk?lens=all&text=1380")),
        Figure("caller lookup while typing", "page", 1, get(lookup(), **{"HX-Request": "true"})),
        Figure("statistics, last 30 days", "page", 2, get("/statistics")),
        Figure("register by POST", "write", 2, register),
        Figure("action by POST (note)", "write", 2, lambda visitor: annotate(visitor, next(written))),
    ]


def refresh(visitor: Visitor) -> float:
    """What a page of the queue asks that was drawn a moment ago, until the answer is that there is nothing new.

    When a minute turns, every clock says something else and the rows are drawn again: that is not what is measured.
    """
    status = 0
    while status != 204:
        queue = visitor.ask("GET", "/desk")[1].decode()
        address = next(a or b for a, b in REFRESH.findall(queue)).replace("&amp;", "&")
        status, _, seconds = visitor.ask("GET", address, None, **{"HX-Request": "true"})
    return seconds


def second_page(visitor: Visitor) -> str:
    """The address behind "older" on the lens of what is closed."""
    page = visitor.ask("GET", "/desk?lens=closed")[1].decode()
    return re.findall(r'rel="next"[^>]*href="([^"]+)"', page)[0].replace("&amp;", "&")


def lookup() -> str:
    """What is asked while a number is typed."""
    return "/service-requests/new/callers?caller_phone=1380"


def register(visitor: Visitor) -> float:
    """One service request, as the register page sends it."""
    form = visitor.entry(
        kind="enquiry", channel="phone", words="物业费什么时候收？", caller_name="刘女士", then="register"
    )
    return posted(visitor, "/service-requests/new", form)


def annotate(visitor: Visitor, card: str) -> float:
    """One note on an open request."""
    form = visitor.entry(words="业主又来电询问", audience="internal")
    return posted(visitor, f"{card}/annotate", form)


def posted(visitor: Visitor, path: str, form: dict[str, str]) -> float:
    """Seconds until the answer. The page it leads to is looked at after that, as people do: it shows what was done."""
    seconds = visitor.ask("POST", path, form)[2]
    visitor.ask("GET", visitor.led_to)
    return seconds
