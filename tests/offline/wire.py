"""A phone's requests without the phone: what is sent, and how often, is in the test's hands."""

import http.client
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4


@dataclass
class Answer:
    """What came back: the verdict, if it is one."""

    status: int
    headers: dict[str, str]
    text: str

    @property
    def verdict(self) -> dict[str, Any]:
        return json.loads(self.text)


@dataclass
class Wire:
    """The way of one signed-in person's entries to the server. `cookie` is the session."""

    port: int
    person: str
    cookie: str = ""
    phone: str = field(default_factory=lambda: str(uuid4()))

    def deliver(self, path: str, id: str, headers: dict[str, str] | None = None, **fields: str) -> Answer:
        """An entry, as a phone sends it: words, and a list of the photos to come."""
        moment = datetime.now(UTC).isoformat()
        typed = {"event_id": id, "happened_at": moment, "sent_at": moment, "seen": "", "photos_to_come": "[]"} | fields
        marks = {"X-Entry": id, "X-Entry-Sequence": "1", "X-Entry-After": "", "X-Entry-Schema": "1"}
        return self.post(path, urlencode(typed).encode(), marks | (headers or {}))

    def post(self, path: str, body: bytes = b"", headers: dict[str, str] | None = None) -> Answer:
        """A machine's request of this phone; a header given as "" is left out."""
        usual = {
            "X-Phone": self.phone,
            "X-Person": self.person,
            "Sec-Fetch-Site": "same-origin",
            "Cookie": self.cookie,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        sent = {name: value for name, value in (usual | (headers or {})).items() if value or name.startswith("X-Entry")}
        return self.ask("POST", path, body, sent)

    def get(self, path: str) -> Answer:
        return self.ask("GET", path, None, {"Cookie": self.cookie})

    def ask(self, method: str, path: str, body: bytes | None, headers: dict[str, str]) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read().decode(errors="replace"))
        finally:
            connection.close()
