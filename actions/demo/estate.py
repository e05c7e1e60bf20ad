"""Building the demo estate, all of it or nothing."""

from collections.abc import Callable
from random import Random
from types import SimpleNamespace

from sqlalchemy import select

from actions.demo.buildings import add_buildings
from actions.demo.company import add_company
from actions.demo.people import add_people
from actions.demo.residents import add_residents
from actions.demo.telling import tell
from actions.unit_of_work import unit_of_work
from domain.days import local_day
from extensions import db, now
from models import User

SEED = 20


def load(password: str, progress: Callable[[float], None] = lambda share: None) -> bool:
    """Build the demo estate with this password for its sign-ins; False, and nothing done, where anybody can sign in.

    Drawn by a seeded die and relative to now: the same people and stories every time, always of the last sixty days.
    `progress` is told the share done, from 0 to 1.
    """
    with unit_of_work():
        if db.session.scalar(select(User.id).limit(1)):
            return False
        moment = now()
        today = local_day(moment)
        estate = SimpleNamespace(draw=Random(SEED), now=moment, today=today, residents=0, photos={})
        add_company(estate, today)
        add_people(estate, password)
        add_buildings(estate)
        estate.site_codes = {site.id: code for code, site in estate.sites.items()}
        add_residents(estate, today)
        estate.trades = {c.id: c.code for c in estate.categories.values() if c.depth == 1}
        tell(estate, progress)
    return True
