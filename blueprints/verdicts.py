"""What a phone is told about an entry: always JSON, always with the entry's own id. See docs/offline.md."""

from typing import Any
from uuid import UUID

from flask import jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from domain.lifecycle import ACTIONS, JobStatus
from extensions import login_manager

HTTP_CODES = {"invalid": 422, "not_allowed": 409, "not_permitted": 403, "gone": 404}


def verdict(id: UUID, verdict: str, http_code: int = 200, **more: Any) -> ResponseReturnValue:
    """The answer; a phone settles the entry by nothing else."""
    return jsonify({"entry": str(id), "verdict": verdict, **more}), http_code


def stranger(id: UUID) -> ResponseReturnValue | None:
    """The answer to a phone on which nobody, or somebody else, is signed in; None for whoever wrote the entry."""
    if not current_user.is_authenticated:
        return login_manager.unauthorized()
    if request.headers.get("X-Person") == str(current_user.id):
        return None
    sentence = _("Somebody else wrote this on this phone. It is sent once they sign in again.")
    return verdict(id, "other_person", 403, sentence=sentence)


def verdict_of(receipt: Any) -> ResponseReturnValue:
    """What the receipt keeps, in the words of now."""
    word, http_code = receipt.verdict.value, HTTP_CODES.get(receipt.code, 200)
    if word == "withdrawn":
        http_code = 410
    if word == "brought":  # came in a file, and the centre has done what it said
        word = "applied"
    return verdict(
        receipt.id,
        word,
        http_code,
        code=receipt.code,
        sentence=sentence_for(receipt),
        fields=receipt.answer.get("fields", {}),
        version=receipt.answer.get("version"),
        status=receipt.answer.get("status"),
        url=receipt.answer.get("url"),
        photos={photo["sha256"]: photo["state"] for photo in receipt.photos},
    )


def sentence_for(receipt: Any) -> str:
    """The word of explanation a verdict needs, if it needs one."""
    if receipt.verdict == "withdrawn":
        return _("This was discarded on the phone, and is not done.")
    if receipt.verdict == "brought":
        return _("The centre had this in a file from your phone and has seen to it.")
    if receipt.code == "already":
        return _("You had done this already with another phone. What you wrote is kept as a note.")
    if receipt.code == "moved":
        actions = [_(ACTIONS[name].label) for name in receipt.answer["meanwhile"]]
        return _("Done. Meanwhile, others have acted: %(actions)s.", actions=", ".join(dict.fromkeys(actions)))
    return refused_because(receipt)


def refused_because(receipt: Any) -> str:
    """Why an entry was refused, and how its job stood then, in the reader's language.

    Receipts of before 2026-11-23 keep only what their sender was told.
    """
    if not receipt.answer.get("reason"):
        return str(receipt.reason)
    sentence, values = receipt.answer["reason"]
    reason = str(_(sentence, **values))
    if receipt.code == "not_allowed" and (status := receipt.answer["status"]):
        reason += " " + _("The job is now: %(status)s.", status=_(JobStatus(status).label))
    return reason
