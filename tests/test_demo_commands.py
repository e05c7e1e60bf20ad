"""`flask demo …`: the estate to try things out with, from the server's command line."""

from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from actions.demo import removal
from extensions import db
from models import User
from queries import my_jobs

SUNDAY_MIDNIGHT = datetime(2026, 11, 21, 16, 4, tzinfo=UTC)


@pytest.mark.long
def test_a_demo_loaded_on_a_sunday_at_midnight_has_work_to_do_and_once_removed_does_not_come_back(app):
    settings, run = app.extensions["settings"], app.test_cli_runner().invoke
    with time_machine.travel(SUNDAY_MIDNIGHT, tick=False):
        assert run(args=["demo", "load"]).exit_code == 0
        assert not settings.demo_removed.exists()
        mine = my_jobs.of(db.session.scalar(select(User).where(User.username == "technician")), now=SUNDAY_MIDNIGHT)
        assert min(len(mine.now), len(mine.later), len(mine.on_hold), len(mine.done), len(mine.free)) > 0

    assert run(args=["demo", "remove"], input="n\n").exit_code == 1
    assert removal.demo_companies() and not settings.demo_removed.exists()

    assert run(args=["demo", "remove", "--yes"]).exit_code == 0
    assert not removal.demo_companies()
    assert settings.demo_removed.exists()
    settings.demo_removed.unlink()
