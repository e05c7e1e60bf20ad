"""bin/serve as a stranger starts it: real processes, a real first load, on the database this run is for."""

import json
import signal
import socket
import urllib.error
import urllib.request

import pytest

from config import ROOT
from tests import databases
from tests.launch.processes import descendants, eventually, is_alive, line_with, program


@pytest.fixture
def choices(tmp_path, worker_id):
    """An environment in which nothing of this machine is touched."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    return {
        "YINGDA_DATA": str(tmp_path),
        "PORT": str(port),
        "DATABASE_URL": databases.fresh_database(f"served_{worker_id}"),
        "REDIS_URL": "",
        "YINGDA_DEMO_PASSWORD": "open sesame",
    }


def serve(choices):
    return program(ROOT / "bin" / "serve", **choices)


def asked(choices, path):
    """The status and the body the running product answers with."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{choices['PORT']}{path}") as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.read().decode()


@pytest.mark.long
def test_one_command_serves_a_seeded_product_and_leaves_nothing_behind(choices):
    with serve(choices) as process:
        assert line_with(process, "Yingda is at").startswith(f"Yingda is at http://127.0.0.1:{choices['PORT']}")
        assert line_with(process, "Demo sign-ins").endswith("open sesame")
        names = line_with(process, "agent").split(", ")
        assert {"agent", "director", "technician", "guard", "admin"} <= set(names)
        assert eventually(lambda: asked(choices, "/health")[0] == 200), asked(choices, "/health")
        assert json.loads(asked(choices, "/health")[1])
        with serve(choices) as second:
            assert line_with(second, "already runs on")
            assert second.wait() == 1
        pids = descendants(process.pid)
        assert len(pids) >= 5  # Redis, gunicorn and its two, the worker, the scheduler
        process.send_signal(signal.SIGTERM)
        assert line_with(process, "Stopped.")
        assert process.wait() == 0
        assert not any(map(is_alive, pids))
    with serve(choices) as again:
        assert line_with(again, "agent").split(", ") == names
