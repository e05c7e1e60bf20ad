"""What phones of every release sent is understood for ever by what is served: see tests/contracts/README.md."""

import hashlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode
from uuid import uuid4

import pytest

from tests.factories import do
from tests.offline import stored
from tests.pictures import picture

RECORDED = sorted((Path(__file__).parents[1] / "contracts").glob("*/*.json"))
PHOTO = picture()
DETAILS = {"hold": {"reason": "parts", "until": "2099-01-01"}, "cancel_job": {"reason": "solved"}}


@pytest.fixture
def play(cast, job, wire):
    """`play(file)`: the answer to a recorded request, and what its placeholders stood for."""
    now = datetime.now(UTC)
    stood_for = {
        "job": job.id,
        "entry": uuid4(),
        "colleague": cast.technician2.id,
        "photo": hashlib.sha256(PHOTO).hexdigest(),
        "tapped": now.isoformat(),
        "now": now.isoformat(),
        "tomorrow": (now + timedelta(days=1)).date().isoformat(),
    }

    def filled(text):
        for name, value in stood_for.items():
            text = text.replace(f"{{{name}}}", str(value))
        return text

    def prepare(step, file):
        if step.startswith("entry "):
            run(file.with_stem(step.removeprefix("entry ")))
        else:
            do(step, job, cast.agent if step == "cancel_job" else cast.technician, **DETAILS.get(step, {}))

    def run(file):
        recorded = json.loads(file.read_text())
        for step in recorded["prepared"]:
            prepare(step, file)
        phone = wire(getattr(cast, recorded["by"]))
        stood_for.update(phone=phone.phone, person=phone.person, seen=stored.request_of(job).version)
        headers = {name: filled(value) for name, value in recorded["headers"].items()} | {"Cookie": phone.cookie}
        form = [(name, filled(value)) for name, value in recorded.get("form", [])]
        body = PHOTO if recorded.get("body") == "photo" else urlencode(form).encode()
        return phone.ask(recorded["method"], filled(recorded["path"]), body, headers)

    run.stood_for = stood_for
    return run


def test_something_is_recorded():
    """Scenario 48."""
    assert len(RECORDED) >= 12


@pytest.mark.on_both
@pytest.mark.parametrize("file", RECORDED, ids=[f"{file.parent.name}-{file.stem}" for file in RECORDED])
def test_what_a_phone_of_that_release_sent_is_answered_as_it_expects(file, play):
    """Scenario 48."""
    response, expected = play(file), json.loads(file.read_text())["answer"]
    answer = response.verdict
    assert (response.status, answer["verdict"]) == (expected["code"], expected["verdict"]), answer
    assert answer["entry"] == str(play.stood_for["entry"])
    if "status" in expected:
        assert answer["status"] == expected["status"]
        assert {"code", "sentence", "fields", "version", "url", "photos"} <= answer.keys()
    if "photos" in expected:
        assert answer["photos"] == {play.stood_for["photo"]: expected["photos"]}
