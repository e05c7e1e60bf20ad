"""The product as it is served: gunicorn with the settings of launch/web.py, which a test may stop, kill and start."""

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from config import ROOT, Settings
from launch.child import end_with

PATIENCE = 30  # seconds for a start; only reached when something is wrong


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """One gunicorn before this database and this Redis. `tree` is the product it serves: ours, or another release."""

    def __init__(self, settings: Settings, tree: Path = ROOT) -> None:
        self.settings, self.tree = settings, tree
        self.port = free_port()
        self.log = settings.data_folder / "gunicorn.log"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> "Server":
        """Returns once it listens. Raises RuntimeError with what it said when it does not."""
        parent = os.getpid()
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "gunicorn", "--config", "python:launch.web"],
                cwd=self.tree,
                env=os.environ | self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=lambda: end_with(parent),
            )
        deadline = time.monotonic() + PATIENCE
        while not self.listens():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"gunicorn does not start:\n{self.log.read_text()[-4000:]}")
            time.sleep(0.05)
        return self

    @property
    def environment(self) -> dict[str, str]:
        """The settings, as they are written in an environment."""
        settings = self.settings
        return {
            "PYTHONPATH": str(self.tree),
            "YINGDA_DATA": str(settings.data_folder),
            "DATABASE_URL": settings.database_url,
            "REDIS_URL": settings.redis_url,
            "SECRET_KEY": settings.secret_key,
            "YINGDA_DEMO_PASSWORD": settings.demo_password,
            "HOST": "127.0.0.1",
            "PORT": str(self.port),
        }

    def listens(self) -> bool:
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def stop(self) -> None:
        """Ends it as an administrator does: what is being answered is answered."""
        if self.process is not None:
            self.process.terminate()
            self.process.wait(PATIENCE)
            self.process = None

    def kill(self) -> None:
        """kill -9, it and its workers."""
        if self.process is not None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    def restart(self, tree: Path | None = None) -> None:
        """The same address, the same rows; perhaps another release."""
        self.stop()
        self.tree = tree or self.tree
        self.start()
