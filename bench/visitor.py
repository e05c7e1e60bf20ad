"""A browser with one connection that stays open, a session, and a watch."""

import http.client
import re
import time
from http.cookies import SimpleCookie
from urllib.parse import urlencode
from uuid import uuid4

HIDDEN = re.compile(r'<input[^>]*name="(csrf_token|site_id)"[^>]*value="([^"]*)"')


class Visitor:
    """Asks one server. `ask` returns status, body and seconds; a status of 400 or more is an error of the bench."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.hidden: dict[str, str] = {}
        self.led_to = ""  # where the last answer that was a redirect leads

    def ask(
        self, method: str, path: str, form: dict[str, str] | None = None, **headers: str
    ) -> tuple[int, bytes, float]:
        """One request, and the seconds until its last byte."""
        body = urlencode(form) if form is not None else None
        sent = {"Cookie": "; ".join(f"{k}={v}" for k, v in self.cookies.items()), "Accept-Language": "zh-CN", **headers}
        if body is not None:
            sent["Content-Type"] = "application/x-www-form-urlencoded"
        began = time.perf_counter()
        self.connection.request(method, path, body, sent)
        response = self.connection.getresponse()
        content = response.read()
        seconds = time.perf_counter() - began
        for line in response.headers.get_all("Set-Cookie") or ():
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        if response.status >= 400:
            raise RuntimeError(f"{method} {path} answered {response.status}")
        self.led_to = response.headers.get("Location", self.led_to)
        return response.status, content, seconds

    def sign_in(self, username: str, password: str) -> None:
        """Through the door, like everybody."""
        self.remember(self.ask("GET", "/sign-in")[1])
        self.ask("POST", "/sign-in", {"username": username, "password": password, **self.hidden})

    def remember(self, page: bytes) -> str:
        """Keep the hidden fields a form of this page carries; returns the page's text."""
        text = page.decode()
        self.hidden |= dict(HIDDEN.findall(text))
        return text

    def entry(self, **fields: str) -> dict[str, str]:
        """A form as the script sends it: with an id of its own."""
        return {**self.hidden, "event_id": str(uuid4()), **fields}
