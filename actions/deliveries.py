"""Handing notices over: claimed for a while, then sent, put off or given up. Nothing is lost when the sender dies."""

from collections.abc import Iterable, Sequence
from datetime import timedelta

from sqlalchemy import update

from actions.unit_of_work import unit_of_work
from extensions import now
from models import Notice, NoticeState
from queries import deliveries

LEASE = timedelta(minutes=5)  # whoever claimed a notice has so long; then it is anybody's again
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 120, 240, 480))  # after each try that failed
TRIES = len(WAITS) + 1
ERROR_LENGTH = 300


def claim(limit: int) -> Sequence[Notice]:
    """Some waiting notices whose time has come, with all that is written in them; nobody else gets them meanwhile."""
    with unit_of_work():
        notices = deliveries.waiting(now(), limit)
        for notice in notices:
            notice.next_try_at = now() + LEASE
            notice.attempts += 1
    return notices


def sent(notice: Notice) -> None:
    """It was taken by the mail server or the webhook."""
    with unit_of_work() as session:
        session.execute(
            update(Notice)
            .where(Notice.id == notice.id)
            .values(state=NoticeState.SENT, sent_at=now(), next_try_at=None, last_error="")
        )


def put_off(notices: Iterable[Notice], reason: str) -> None:
    """They were refused: tried again later and later, and given up after the last try, for a person to look at."""
    with unit_of_work() as session:
        for notice in notices:
            given_up = notice.attempts >= TRIES
            session.execute(
                update(Notice)
                .where(Notice.id == notice.id)
                .values(
                    state=NoticeState.FAILED if given_up else NoticeState.WAITING,
                    next_try_at=None if given_up else now() + WAITS[notice.attempts - 1],
                    last_error=reason[:ERROR_LENGTH],
                )
            )
