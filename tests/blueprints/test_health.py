"""GET /health tells whoever watches what is fine and what is not."""

import socket
import time
from dataclasses import replace

from app import create_app
from extensions import redis_connection
from queries.health import SCHEDULER_LOCK, WORKER_BEAT


def test_without_worker_and_scheduler_it_names_them(app, client_for):
    response = app.test_client().get("/health")
    assert response.status_code == 503
    assert response.json == {
        "status": "failing",
        "parts": {"database": True, "redis": True, "worker": False, "scheduler": False},
    }


def test_with_all_parts_it_is_fine_and_sets_no_cookie(app):
    redis_connection().set(WORKER_BEAT, 1)
    redis_connection().set(SCHEDULER_LOCK, 1)
    response = app.test_client().get("/health")
    assert (response.status_code, response.json["status"]) == (200, "ok")
    assert "Set-Cookie" not in response.headers


def test_a_silent_redis_is_named_and_nothing_secret_is(app, settings, tmp_path):
    lonely = create_app(replace(settings, redis_url=f"unix://{tmp_path}/nobody.sock"), TESTING=True)
    response = lonely.test_client().get("/health")
    assert response.status_code == 503
    assert response.json["parts"] == {"database": True, "redis": False, "worker": False, "scheduler": False}
    assert str(tmp_path) not in response.text


def test_a_redis_that_takes_the_call_and_says_nothing_is_not_waited_for(app, settings):
    with socket.create_server(("127.0.0.1", 0)) as mute:
        hung = create_app(replace(settings, redis_url=f"redis://127.0.0.1:{mute.getsockname()[1]}"), TESTING=True)
        began = time.monotonic()
        response = hung.test_client().get("/health")
    assert response.json["parts"] == {"database": True, "redis": False, "worker": False, "scheduler": False}
    assert time.monotonic() - began < 4


def test_a_database_that_cannot_be_opened_is_named(app, settings, tmp_path):
    broken = create_app(replace(settings, database_url="postgresql+psycopg://nobody@127.0.0.1:9/none"), TESTING=True)
    response = broken.test_client().get("/health")
    assert response.status_code == 503
    assert response.json["parts"]["database"] is False


def test_it_answers_however_often_it_is_asked(app):
    client = app.test_client()
    assert {client.get("/health").status_code for _ in range(300)} == {503}
