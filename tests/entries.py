"""A phone of the tests: what it has written is delivered as its script would do it."""

import hashlib
import json
from copy import copy
from datetime import UTC, datetime
from uuid import uuid4

from tests.visits import signed_in

SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


class Phone:
    """A phone on which somebody is signed in. Deliveries answer what the phone would read: the JSON."""

    def __init__(self, app, person):
        self.id, self.person, self.person_id, self.sequence = uuid4(), person, person.id, 0
        self.visitor = signed_in(app, person)

    def tab(self):
        """Another tab of the same browser."""
        tab = copy(self)
        tab.visitor = signed_in(self.visitor.application, self.person)
        return tab

    @property
    def headers(self):
        return SAME_ORIGIN | {"X-Phone": str(self.id), "X-Person": str(self.person_id)}

    def written(self, url, *, at=None, photos=(), **typed):
        """An entry in the outbox: the same each time it is delivered."""
        self.sequence += 1
        fields = typed | {"happened_at": (at or datetime.now(UTC)).isoformat()}
        named = [
            {"field": field, "sha256": sha256_of(content), "name": name, "size": len(content), "type": "image/jpeg"}
            for field, name, content in photos
        ]
        fields |= {"photos_to_come": json.dumps(named)} if named else {}
        return {"id": str(uuid4()), "url": url, "fields": fields, "sequence": self.sequence}

    def deliver(self, entry, *, now=None, **headers):
        """The answer to an entry: its HTTP response, with `.json`."""
        own = {"X-Entry": entry["id"], "X-Entry-Sequence": str(entry["sequence"]), "X-Entry-Schema": "1"}
        sent = {"event_id": entry["id"], "sent_at": (now or datetime.now(UTC)).isoformat()}
        return self.visitor.post(entry["url"], data=entry["fields"] | sent, headers=self.headers | own | headers)

    def tap(self, job, action, *, replaces=None, **typed):
        """Written and delivered at once: the answer's JSON."""
        more = {"X-Entry-Replaces": replaces} if replaces else {}
        return self.deliver(self.written(f"/phone/jobs/{job.id}/{action}", **typed), **more).json

    def send_photo(self, entry_id, content, *, sha256=None):
        """The answer to one photo of an entry."""
        url = f"/phone/entries/{entry_id}/photos/{sha256 or sha256_of(content)}"
        return self.visitor.post(url, data=content, headers=self.headers | {"Content-Type": "image/jpeg"})

    def withdraw(self, entry_id):
        return self.visitor.post(f"/phone/entries/{entry_id}/withdrawal", headers=self.headers).json


def sha256_of(content):
    return hashlib.sha256(content).hexdigest()
