"""The photos of an entry, one by one, after its words."""

import hashlib
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue
from flask_login import current_user

from actions import entry_photos
from blueprints.access import requires
from blueprints.errors import sentence_of
from blueprints.sync.blueprint import bp
from blueprints.verdicts import stranger, verdict
from domain.errors import Invalid, NotFound, NotKept
from domain.permissions import Permission
from extensions import upload_limit


@bp.post("/entries/<uuid:id>/photos/<sha256>")
@requires(Permission.USE_ACCOUNT)
def photo(id: UUID, sha256: str) -> ResponseReturnValue:
    """The bytes of a photo that the words of the entry named. Sent again, it gets the answer it had."""
    return stranger(id) or answered(id, sha256)


def answered(id: UUID, sha256: str) -> ResponseReturnValue:
    """Kept; refused for good; damaged on the way; or unknown, for lack of the words."""
    try:
        named = entry_photos.named(id, sha256, by=current_user)
        if named["state"] == entry_photos.WANTED:
            content = request.stream.read(upload_limit() + 1)
            if len(content) <= upload_limit() and hashlib.sha256(content).hexdigest() != sha256:
                return verdict(id, "damaged", 400, photo=sha256)
            named = received(id, sha256, content)
    except NotFound as unknown:
        return verdict(id, "unknown", 404, photo=sha256, sentence=sentence_of(unknown))
    code = 200 if named["state"] == entry_photos.KEPT else 422
    return verdict(id, named["state"], code, photo=sha256, sentence=named.get("sentence", ""))


def received(id: UUID, sha256: str, content: bytes) -> dict:
    """What became of its bytes. Raises NotFound, and NotKept while the store is full or away."""
    try:
        entry_photos.keep(id, sha256, content, by=current_user)
    except NotKept:
        raise
    except Invalid as refused:
        entry_photos.refuse(id, sha256, sentence_of(refused), by=current_user)
    return entry_photos.named(id, sha256, by=current_user)
