"""E-mail, by the SMTP server of the settings."""

import smtplib
import ssl
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit
from uuid import UUID

from worker.letters import Letter

TIMEOUT = 10  # seconds


class Unreachable(OSError):
    """The mail server cannot be spoken to: no message has a chance now."""


class Refused(OSError):
    """The mail server does not take this message."""


class Mailbox:
    """A connection to the mail server, opened at the first message.

    `smtp://user:password@host:587` speaks STARTTLS where the server offers it, and always before it names a password;
    `smtps://` is encrypted from the start.
    """

    def __init__(self, url: str, sender: str) -> None:
        self.address, self.sender = urlsplit(url), sender
        self.connection: smtplib.SMTP | None = None

    def __enter__(self) -> "Mailbox":
        return self

    def __exit__(self, *_exception: object) -> None:
        self.hang_up()

    def hang_up(self) -> None:
        """The next message opens a new connection."""
        if self.connection:
            self.connection.close()
        self.connection = None

    def send(self, to: str, letter: Letter, id: UUID) -> None:
        """Hand one message over. The same id makes the same Message-ID: who gets it twice can tell.

        Raises Refused or Unreachable.
        """
        try:
            message = self.message(to, letter, id)
            self.connection = self.connection or self.opened()
            self.connection.send_message(message)
        except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError, ValueError) as error:
            self.hang_up()
            raise Refused(str(error)) from error  # ValueError: an address that no header can hold
        except OSError as error:  # all of smtplib's errors are such
            self.hang_up()
            raise Unreachable(str(error)) from error

    def message(self, to: str, letter: Letter, id: UUID) -> EmailMessage:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self.sender, to, letter.subject
        message["Message-ID"] = f"<{id}@{self.sender.rpartition('@')[2].rstrip('>')}>"
        message["X-Yingda-Notice"] = str(id)
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(letter.words)
        return message

    def opened(self) -> smtplib.SMTP:
        if not self.address.hostname:
            raise OSError("no mail server is set (SMTP_URL)")
        host, port = self.address.hostname, self.address.port or 0
        context = ssl.create_default_context()
        if self.address.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=TIMEOUT, context=context)
        else:
            connection = smtplib.SMTP(host, port, timeout=TIMEOUT)
            connection.ehlo()
            if self.address.username or connection.has_extn("starttls"):
                connection.starttls(context=context)
        if self.address.username:
            connection.login(unquote(self.address.username), unquote(self.address.password or ""))
        return connection
