"""The file in which a phone hands over entries it cannot deliver, read with suspicion: anybody may have written it."""

import binascii
import hashlib
import json
import re
from base64 import b64decode
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from domain.days import moment_of
from domain.errors import Invalid
from domain.lifecycle import ACTIONS
from domain.wording import N_

FORMAT = "yingda-outbox-1"
MOST_BYTES = 64 * 1024 * 1024
MOST_ENTRIES, MOST_FIELDS, MOST_PHOTOS = 2000, 60, 24
LONGEST_WORDS, LONGEST_NAME = 10_000, 200
NOT_OURS = N_("This is not a file that a phone made here.")
DAMAGED = N_("The file is damaged: entry %(number)s cannot be read.")
JOB_ADDRESS = re.compile(r"/phone/jobs/([0-9a-f-]{36})/([a-z_]{1,40})", re.ASCII)


@dataclass(frozen=True)
class FiledPhoto:
    """A photo of an entry. `content` is None where the file does not hold it, or holds something else."""

    field: str
    sha256: str
    name: str
    type: str
    size: int  # bytes, as the phone says
    content: bytes | None


@dataclass(frozen=True)
class FiledEntry:
    """An entry as the phone kept it; `happened_at` by the phone's clock. `job_id` is None for a hand-over."""

    id: UUID
    action: str
    job_id: UUID | None
    label: str
    fields: dict[str, list[str]]
    photos: list[FiledPhoto]
    happened_at: datetime | None
    sequence: int | None


@dataclass(frozen=True)
class OutboxFile:
    """All that one person's outbox on one phone held; `made_at` by the phone's clock."""

    person_id: UUID
    phone_id: UUID
    made_at: datetime | None
    entries: list[FiledEntry]


def read(content: bytes) -> OutboxFile:
    """The file as a phone made it. Raises Invalid("file") for anything else."""
    try:
        written = json.loads(content.decode("utf-8-sig"))
        if written["format"] != FORMAT or len(written["entries"]) > MOST_ENTRIES:
            raise ValueError(written["format"])
        person_id, phone_id = UUID(written["person"]["id"]), UUID(written["phone"])
        rows, made_at = list(written["entries"]), moment_of(text(written.get("made_at")))
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise Invalid("file", NOT_OURS) from error
    entries = [entry_read(row, number) for number, row in enumerate(rows, start=1)]
    if len({entry.id for entry in entries}) != len(entries):
        raise Invalid("file", N_("The file is damaged: two of its entries carry the same number."))
    return OutboxFile(person_id, phone_id, made_at, entries)


def entry_read(row: Any, number: int) -> FiledEntry:
    """One entry. Raises Invalid("file") with its number, counted from 1."""
    try:
        action, job_id = meant(text(row["url"]))
        sequence = row.get("sequence")
        return FiledEntry(
            id=UUID(row["id"]),
            action=action,
            job_id=job_id,
            label=" · ".join(filter(None, (text(row.get("label")), text(row.get("place")))))[:LONGEST_NAME],
            fields=fields_read(row["fields"]),
            photos=[photo_read(photo) for photo in limited(row["photos"], MOST_PHOTOS)],
            happened_at=moment_of(text(row.get("happened_at"))),
            sequence=sequence if type(sequence) is int and 0 <= sequence < 2**31 else None,
        )
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Invalid("file", DAMAGED, number=number) from error


def meant(url: str) -> tuple[str, UUID | None]:
    """The action an address stands for, and its job. Raises ValueError for one that takes no entries of phones."""
    if url == "/phone/hand-over":
        return "register", None
    found = JOB_ADDRESS.fullmatch(url)
    if not found or found[2] not in ACTIONS or not ACTIONS[found[2]].offline:
        raise ValueError(url)
    return found[2], UUID(found[1])


def fields_read(pairs: Any) -> dict[str, list[str]]:
    """What was typed, name → values."""
    fields: dict[str, list[str]] = {}
    for name, value in limited(pairs, MOST_FIELDS):
        fields.setdefault(text(name)[:40], []).append(text(value)[:LONGEST_WORDS])
    return fields


def photo_read(row: Any) -> FiledPhoto:
    """One photo; bytes that are not those whose sha-256 stands beside them are as good as none."""
    sha256 = text(row["sha256"])
    if not re.fullmatch("[0-9a-f]{64}", sha256):
        raise ValueError(sha256)
    size = row["size"]
    if type(size) is not int or not 0 <= size < 2**31:
        raise ValueError(size)
    content = bytes_of(row.get("bytes"))
    intact = content is not None and hashlib.sha256(content).hexdigest() == sha256
    field, name, kind = (text(row[key])[:LONGEST_NAME] for key in ("field", "name", "type"))
    return FiledPhoto(field, sha256, name, kind, size, content if intact else None)


def bytes_of(written: Any) -> bytes | None:
    """What base64 says; None where it says nothing."""
    try:
        return b64decode(written, validate=True) if isinstance(written, str) else None
    except (binascii.Error, ValueError):
        return None


def limited(rows: Any, most: int) -> list[Any]:
    """The rows of a list that is not too long. Raises ValueError, TypeError."""
    if not isinstance(rows, list) or len(rows) > most:
        raise ValueError(type(rows))
    return rows


def text(value: Any) -> str:
    """A text every database can keep: no NUL, no half of a pair of surrogates. Nothing is the empty text."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(type(value))
    return value.replace("\0", "").encode("utf-8", "replace").decode()
