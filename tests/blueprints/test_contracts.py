"""What phones of every release sent is understood for ever: see tests/contracts/README.md."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from tests.entries import Phone, sha256_of
from tests.factories import dispatched, do, fresh
from tests.pictures import picture

RECORDED = sorted((Path(__file__).parents[1] / "contracts").glob("*/*.json"))
PHOTO = picture()
DETAILS = {"hold": {"reason": "parts", "until": "2099-01-01"}, "cancel_job": {"reason": "solved"}}


def names_of(files):
    return [f"{file.parent.name}-{file.stem}" for file in files]


@pytest.fixture
def play(cast, app):
    """`play(file)`: the answer to a recorded request, and what its placeholders stood for."""
    service_request, job = dispatched(cast)
    now = datetime.now(UTC)
    stood_for = {
        "job": job.id,
        "entry": uuid4(),
        "colleague": cast.technician2.id,
        "photo": sha256_of(PHOTO),
        "tapped": now.isoformat(),
        "now": now.isoformat(),
        "tomorrow": (now + timedelta(days=1)).date().isoformat(),
    }

    def filled(text):
        for name, value in stood_for.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def run(file):
        recorded = json.loads(file.read_text())
        phone = Phone(app, getattr(cast, recorded["by"]))
        for step in recorded["prepared"]:
            if step.startswith("entry "):
                run(file.with_stem(step.removeprefix("entry ")))
            else:
                do(step, job, cast.agent if step == "cancel_job" else cast.technician, **DETAILS.get(step, {}))
        stood_for.update(phone=phone.id, person=phone.person_id, seen=fresh(service_request).version)
        headers = {name: filled(value) for name, value in recorded["headers"].items()}
        form = {name: filled(value) for name, value in recorded.get("form", [])}
        body = PHOTO if recorded.get("body") == "photo" else form
        return phone.visitor.open(filled(recorded["path"]), method=recorded["method"], data=body, headers=headers)

    run.stood_for = stood_for
    return run


def test_something_is_recorded():
    assert len(RECORDED) >= 12


@pytest.mark.parametrize("file", RECORDED, ids=names_of(RECORDED))
def test_what_a_phone_of_that_release_sent_is_answered_as_it_expects(file, play):
    """Scenario 48."""
    recorded = json.loads(file.read_text())
    response, expected = play(file), recorded["answer"]
    answer = response.json
    assert (response.status_code, answer["verdict"]) == (expected["code"], expected["verdict"]), answer
    assert answer["entry"] == str(play.stood_for["entry"])
    if "status" in expected:
        assert answer["status"] == expected["status"]
        assert {"code", "sentence", "fields", "version", "url", "photos"} <= answer.keys()
    if "photos" in expected:
        assert answer["photos"] == {play.stood_for["photo"]: expected["photos"]}
