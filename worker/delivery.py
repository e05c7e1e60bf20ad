"""Handing over what waits: a turn of a second, then the bell again, so that telling people is never kept waiting."""

import time
from collections.abc import Sequence
from typing import Any

from actions import deliveries
from config import Settings
from extensions import later, log
from worker import webhooks
from worker.letters import letter_for
from worker.mailbox import Mailbox, Unreachable

TURN = 1.0  # seconds
CLAIM = 10  # notices at once: what a slow server may keep the worker busy with


def deliver(settings: Settings) -> None:
    """Send for about a second; what is left rings again, or waits a minute when no mail goes out."""
    until = time.monotonic() + TURN
    with Mailbox(settings.smtp_url or "", settings.mail_from) as mailbox:
        while claimed := deliveries.claim(CLAIM):
            if not hand_over_all(claimed, mailbox, settings):
                return
            if time.monotonic() > until:
                later("send")
                return


def hand_over_all(claimed: Sequence, mailbox: Mailbox, settings: Settings) -> bool:
    """Send these notices. With a mail server that cannot be reached the other letters are put off, too, but no message
    to a robot: returns False.
    """
    no_mail: str | None = None
    for notice in claimed:
        if no_mail is not None and not notice.target:
            deliveries.put_off([notice], no_mail)
            continue
        try:
            hand_over(notice, mailbox, settings)
        except Unreachable as error:
            log.warning("no mail goes out: %s", error)
            no_mail = str(error)
            deliveries.put_off([notice], no_mail)
        except OSError as error:
            log.warning("notice %s was not taken (try %d): %s", notice.id, notice.attempts, error)
            deliveries.put_off([notice], str(error))
        else:
            deliveries.sent(notice)
    return no_mail is None


def hand_over(notice: Any, mailbox: Mailbox, settings: Settings) -> None:
    """To its robot or by mail. Raises WebhookRefused, Refused, Unreachable."""
    letter = letter_for(notice, settings.public_url)
    if notice.target:
        webhooks.send(notice.target.url, letter)
    else:
        mailbox.send(notice.recipient.email, letter, notice.id)
