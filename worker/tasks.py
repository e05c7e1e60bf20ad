"""Every task the worker knows. A task is named by what it does, takes only ids and dates, may run twice, leaves the
thinking to an action, and never catches its own failure: RQ keeps it for people to read."""

from collections.abc import Callable
from functools import cache, wraps

from flask import current_app

from actions import clocks, deadlines, figures, heartbeat, holds, orphans, telling
from app import create_app
from extensions import answer_bell
from worker import delivery

application = cache(create_app)


def task(function: Callable[..., None]) -> Callable[..., None]:
    """Run the function inside the application, with a database session of its own.

    The bell is taken down first: what happens from here on rings again.
    """

    @wraps(function)
    def run(*args: object) -> None:
        with application().app_context():
            answer_bell(function.__name__, *args)
            function(*args)

    return run


@task
def tell() -> None:
    telling.tell(by_email=current_app.extensions["settings"].smtp_url is not None)


@task
def send() -> None:
    delivery.deliver(current_app.extensions["settings"])


@task
def sweep_deadlines() -> None:
    deadlines.sweep()


@task
def resume_held_jobs() -> None:
    holds.resume_due_jobs()


@task
def forget_orphans() -> None:
    orphans.forget_orphans()


@task
def beat() -> None:
    heartbeat.beat()


@task
def recount_clocks() -> None:
    clocks.recount_stale_sites()


@task
def rebuild_figures() -> None:
    figures.rebuild_figures()


@task
def rebuild_recent_figures() -> None:
    figures.rebuild_recent()
