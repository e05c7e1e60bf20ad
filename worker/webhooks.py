"""Group robots of WeCom, DingTalk, Feishu and a hundred others, by apprise. Only the worker imports this."""

import logging

import apprise

from worker.letters import Letter

# What apprise says while it fails may hold the address, and an address is a password.
logging.getLogger("apprise").setLevel(logging.CRITICAL)


class WebhookRefused(OSError):
    """The service did not take the message."""


def send(url: str, letter: Letter) -> None:
    """Hand one message over. Raises WebhookRefused."""
    robot = apprise.Apprise()
    if not robot.add(url):
        raise WebhookRefused("The address of this webhook cannot be read.")
    if not robot.notify(title=letter.subject, body=letter.words, body_format=apprise.NotifyFormat.TEXT):
        raise WebhookRefused("The webhook did not take the message.")
