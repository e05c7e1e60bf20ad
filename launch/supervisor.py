"""The one parent of everything that runs: shows what the children say, starts them again, ends them in order."""

import selectors
import signal
import time
from collections.abc import Callable
from types import FrameType

from launch.child import Child
from launch.progress import SetUpFailed

TICK = 0.2  # seconds between two looks at the children
PATIENCE = 10.0  # seconds children have to end by themselves; the worker may be in the middle of a task


class StopAsked(BaseException):
    """Ctrl-C, SIGTERM, or the terminal went away."""


class Supervisor:
    """Children in the order in which they were started; they are ended in the opposite one."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self.patience = patience
        self.children: list[Child] = []
        self.selector = selectors.DefaultSelector()
        self.is_stopping = False

    def __enter__(self) -> "Supervisor":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop_asked)
        return self

    def __exit__(self, *_exception: object) -> None:
        self.stop()

    def stop_asked(self, _number: int, _frame: FrameType | None) -> None:
        if not self.is_stopping:
            self.is_stopping = True
            raise StopAsked

    def start(self, child: Child) -> None:
        """Adds a child and starts it."""
        self.children.append(child)
        self.launch(child)

    def launch(self, child: Child) -> None:
        child.start()
        assert child.process is not None and child.process.stdout is not None
        self.selector.register(child.process.stdout, selectors.EVENT_READ, child)

    def wait_until(self, condition: Callable[[], bool], what: str, seconds: float) -> None:
        """Looks after the children until the condition holds. Raises SetUpFailed if it does not in time.

        One that dies before has nothing to gain from being started again: what is wrong is wrong from the start.
        """
        deadline = time.monotonic() + seconds
        while not condition():
            self.look_after(TICK / 4)
            for child in self.children:
                if child.deaths:
                    raise SetUpFailed(f"{what}: {child.name} ended, and what it said is above.")
            if time.monotonic() > deadline:
                raise SetUpFailed(f"{what} within {seconds:.0f} seconds.")

    def run(self) -> None:
        """Looks after the children until we are asked to stop."""
        while True:
            self.look_after(TICK)

    def look_after(self, seconds: float) -> None:
        """Passes on what the children say within this time, and starts again those whose time has come."""
        self.listen(seconds)
        for child in self.children:
            if child.process is None and time.monotonic() >= child.start_again_at:
                self.launch(child)
            elif child.process is not None and not child.is_running:
                self.leave(child)
                say(child, child.bury())

    def listen(self, seconds: float) -> None:
        """Prints what the children say within this time, each line behind the name of who said it."""
        for key, _ in self.selector.select(seconds):
            child: Child = key.data
            for line in child.lines():
                say(child, line)
            if child.has_fallen_silent:
                self.selector.unregister(key.fileobj)

    def leave(self, child: Child) -> None:
        """Reads a dead child's last lines and closes its pipe."""
        assert child.process is not None and child.process.stdout is not None
        for line in child.lines():
            say(child, line)
        if child.process.stdout in self.selector.get_map():
            self.selector.unregister(child.process.stdout)
        child.process.stdout.close()

    def stop(self) -> None:
        """Ends all: first those who work with Redis, all at once, then Redis, which was started first."""
        self.is_stopping = True
        first, others = self.children[:1], self.children[1:]
        for group in (others, first):
            for nudge in range(2):  # the second one tells the RQ worker not to wait for its task
                for child in group:
                    child.ask_to_end()
                deadline = time.monotonic() + self.patience / (1 + nudge)
                while any(child.is_running for child in group) and time.monotonic() < deadline:
                    self.listen(TICK / 4)
            for child in group:
                child.kill()
        self.selector.close()


def say(child: Child, text: str) -> None:
    print(f"{child.name:<9} | {text}", flush=True)
