"""One parent: it passes on what its children say, starts them again, and takes them with it, however it ends."""

import os
import signal
import sys
from pathlib import Path

import pytest

from launch.child import Child
from tests.launch.processes import eventually, is_alive, line_with, program

SUPERVISOR = """
import sys
from pathlib import Path
from launch.child import Child
from launch.supervisor import StopAsked, Supervisor

try:
    with Supervisor(patience=1) as supervisor:
        for name, source in zip(sys.argv[1::2], sys.argv[2::2]):
            supervisor.start(Child(name, [sys.executable, "-c", source], Path.cwd()))
        supervisor.run()
except StopAsked:
    print("all have ended", flush=True)
"""
SLEEPER = "import os, time; print('pid', os.getpid(), flush=True); time.sleep(600)"
DEAF = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + SLEEPER
PARENT = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {SLEEPER!r}])"


def supervisor(**children):
    return program("-c", SUPERVISOR, *(word for child in children.items() for word in child))


def pids_of(process, count):
    """The process numbers the next so many children tell us."""
    return [int(line_with(process, "| pid").split()[-1]) for _ in range(count)]


def test_every_line_carries_the_name_of_who_said_it():
    with supervisor(web="print('one'); print('two', end=''); import time; time.sleep(600)") as process:
        assert line_with(process, "one") == "web       | one"


def test_a_killed_child_comes_back():
    with supervisor(web=SLEEPER) as process:
        [first] = pids_of(process, 1)
        os.kill(first, signal.SIGKILL)
        assert "ended by signal 9; starting it again in 0.5 s" in line_with(process, "ended by")
        assert pids_of(process, 1) != [first]


def test_a_child_that_keeps_dying_is_started_less_and_less_often():
    child = Child("web", [sys.executable, "-c", "raise SystemExit(3)"], Path.cwd())
    said = []
    for deaths in (0, 1, 2, 100):
        child.deaths = deaths
        child.start()
        child.process.wait()
        child.process.stdout.close()
        said.append(child.bury())
    assert said[0] == "ended with status 3; starting it again in 0.5 s"
    assert [words.split()[-2] for words in said] == ["0.5", "1", "2", "30"]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_asked_to_stop_it_leaves_no_process(number):
    with supervisor(redis=SLEEPER, web=SLEEPER) as process:
        pids = pids_of(process, 2)
        process.send_signal(number)
        assert line_with(process, "all have ended")
        assert process.wait() == 0
        assert not any(map(is_alive, pids))


def test_a_child_that_does_not_listen_is_killed_with_what_it_started():
    with supervisor(redis=SLEEPER, deaf=DEAF, parent=PARENT) as process:
        pids = pids_of(process, 3)
        process.terminate()
        assert line_with(process, "all have ended")
        assert eventually(lambda: not any(map(is_alive, pids)))


def test_killed_without_a_word_it_still_leaves_no_process():
    with supervisor(redis=SLEEPER, web=SLEEPER) as process:
        pids = pids_of(process, 2)
        process.kill()
        assert eventually(lambda: not any(map(is_alive, pids)))
