"""A real mail server on the loopback, which can refuse, be slow, and remembers what it took."""

import socket
import time
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class Letters:
    """What was taken, and what to say to the next ones."""

    def __init__(self) -> None:
        self.taken: list[tuple[str, str]] = []  # (recipient, Message-ID)
        self.answers: list[str] = []  # said instead of taking, one for each message
        self.seconds_each = 0.0

    async def handle_DATA(self, _server, _session, envelope):  # noqa: N802  (aiosmtpd calls it so)
        if self.answers:
            return self.answers.pop(0)
        lines = envelope.content.decode().splitlines()
        message_id = next(line.partition(":")[2].strip() for line in lines if line.lower().startswith("message-id:"))
        self.taken.append((envelope.rcpt_tos[0], message_id))
        time.sleep(self.seconds_each)
        return "250 Taken"

    @property
    def ids(self) -> list[str]:
        return [id for _, id in self.taken]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def mail_server(port: int):
    letters = Letters()
    controller = Controller(letters, hostname="127.0.0.1", port=port)
    controller.start()
    try:
        yield letters
    finally:
        controller.stop()
