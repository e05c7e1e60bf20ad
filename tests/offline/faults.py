"""A bad network: it stands between a phone and the server, at one address for as long as the test runs.

`network.on("POST /phone/jobs", faults.lose_reply)` lays a fault on the next request that matches; `times=3` on the
next three, `times=ALWAYS` on each until `network.mend()`. What passed is in `network.seen`.
"""

import http.client
import re
import socket
import struct
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread

ALWAYS = 10**9
PATIENCE = 40  # seconds the server may take to answer
NOT_PASSED_ON = {"connection", "keep-alive", "transfer-encoding", "content-length"}
PORTAL = b"<!doctype html><html><head><title>Free WiFi</title></head><body><h1>Accept our terms</h1></body></html>"
SIGN_IN = b"<!doctype html><html><body><form method=post action=/sign-in><input name=password></form></body></html>"


@dataclass
class Reply:
    """What a server answered."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes


@dataclass
class Exchange:
    """One request that reached the network, and the status of the answer the server gave, if it was asked at all."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    status: int | None = None
    is_over: bool = False  # a late answer has reached the phone

    def __str__(self) -> str:
        return f"{self.method} {self.path} → {self.status}"


Fault = Callable[["Line"], None]


class Line(BaseHTTPRequestHandler):
    """One request on its way; a fault decides how far it comes."""

    server: "Lines"
    timeout = PATIENCE

    def take(self) -> None:
        """Reads the request, and lets the first fault that is meant for it decide; without one it passes."""
        self.exchange = Exchange(self.command, self.path, dict(self.headers.items()), b"")
        network = self.server.network
        fault = network.fault_for(self.exchange) or passing
        if not isinstance(fault, Thin):
            self.exchange.body = self.rfile.read(self.length)
        network.note(self.exchange)
        fault(self)

    @property
    def length(self) -> int:
        """The bytes of the request's body."""
        return int(self.headers.get("Content-Length") or 0)

    do_GET = do_POST = do_HEAD = take

    def ask(self, body: bytes | None = None) -> Reply:
        """What the server answers to this request (or to the same with another body)."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.network.server_port, timeout=PATIENCE)
        headers = {name: value for name, value in self.headers.items() if name.lower() not in NOT_PASSED_ON}
        try:
            sent = self.exchange.body if body is None else body
            connection.request(self.command, self.path, sent or None, headers | length_of(self.command, sent))
            answer = connection.getresponse()
            reply = Reply(answer.status, answer.getheaders(), answer.read())
        finally:
            connection.close()
        self.exchange.status = reply.status
        return reply

    def give(self, reply: Reply, *, only: int | None = None) -> None:
        """Passes a reply on, all of it or only so many bytes of its body."""
        self.send_response_only(reply.status)
        for name, value in reply.headers:
            if name.lower() not in NOT_PASSED_ON:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(reply.body)))
        self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(reply.body[:only])
        if only is not None:
            self.hang_up()

    def hang_up(self) -> None:
        """Ends the connection as a network does that has gone: no farewell, no more bytes."""
        self.close_connection = True
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.shutdown(socket.SHUT_RDWR)

    def log_message(self, format: str, *args: object) -> None:
        """`network.seen` says it better."""


def length_of(method: str, body: bytes) -> dict[str, str]:
    return {"Content-Length": str(len(body))} if method == "POST" else {}


def passing(line: Line) -> None:
    """No fault; a server that is not there hangs up."""
    try:
        reply = line.ask()
    except (OSError, http.client.HTTPException):
        line.hang_up()
    else:
        line.give(reply)


def lose_request(line: Line) -> None:
    """The server never hears of it."""
    line.hang_up()


def lose_reply(line: Line) -> None:
    """The server does it, and nobody learns of it."""
    line.ask()
    line.hang_up()


def late_reply(line: Line) -> None:
    """The server answers, and the answer is under way until the network is mended."""
    reply = line.ask()
    line.server.network.mended.wait(PATIENCE)
    line.give(reply)
    line.exchange.is_over = True


def cut_reply(line: Line) -> None:
    """The server does it, and its answer breaks off half-way."""
    reply = line.ask()
    line.give(reply, only=len(reply.body) // 2)


def cut_request(line: Line) -> None:
    """A proxy passes half of what was sent on as if it were all."""
    line.give(line.ask(line.exchange.body[: len(line.exchange.body) // 2]))


def cut_before(mark: bytes) -> Fault:
    """A proxy passes on what was sent up to this mark as if it were all."""
    return lambda line: line.give(line.ask(line.exchange.body.partition(mark)[0]))


def portal(line: Line) -> None:
    """The WiFi of a hotel answers in the server's place, that all is well."""
    line.give(Reply(200, [("Content-Type", "text/html")], PORTAL))


def sign_in_page(line: Line) -> None:
    """Something answers with a page to sign in at."""
    line.give(Reply(200, [("Content-Type", "text/html; charset=utf-8")], SIGN_IN))


def hang(line: Line) -> None:
    """Bars on the screen, and no bytes: nothing is ever answered, until the network is mended."""
    line.server.network.mended.wait(PATIENCE * 3)
    line.hang_up()


def answer(status: int) -> Fault:
    """A proxy says this, and the server is not asked."""
    return lambda line: line.give(Reply(status, [("Content-Type", "text/html")], b"<h1>%d</h1>" % status))


def delay(seconds: float) -> Fault:
    """It takes so long."""

    def late(line: Line) -> None:
        line.server.network.mended.wait(seconds)
        passing(line)

    return late


@dataclass
class Thin:
    """A thin line, until the network is mended: from its first byte on, a request leaves the phone as slowly as it
    reaches the server.
    """

    bits_a_second: int
    pause: float = 0.2  # seconds between two pieces

    def __call__(self, line: Line) -> None:
        piece = int(self.bits_a_second / 8 * self.pause)
        server = http.client.HTTPConnection("127.0.0.1", line.server.network.server_port, timeout=PATIENCE)
        server.putrequest(line.command, line.path, skip_host=True, skip_accept_encoding=True)
        for name, value in line.headers.items():
            server.putheader(name, value)
        server.endheaders()
        left = line.length
        while left and (read := line.rfile.read(min(piece, left))):
            server.send(read)
            line.exchange.body += read
            left -= len(read)
            line.server.network.mended.wait(self.pause)
        if left:  # the phone has given up
            server.close()
            return
        answer = server.getresponse()
        line.exchange.status = answer.status
        line.give(Reply(answer.status, answer.getheaders(), answer.read()))
        server.close()


class Lines(ThreadingHTTPServer):
    """The listening half of a network."""

    daemon_threads = True
    request_queue_size = 64
    network: "Network"

    def server_bind(self) -> None:
        """With little room for what nobody has read yet: a phone sends no faster than the line takes it on."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 16_384)
        super().server_bind()

    def process_request_thread(self, request, client_address) -> None:  # type: ignore[no-untyped-def]
        """As usual; a phone that has gone in the middle is what we are here for."""
        try:
            super().process_request_thread(request, client_address)
        except OSError:
            self.shutdown_request(request)

    def handle_error(self, request, client_address) -> None:  # type: ignore[no-untyped-def]
        """Lines break."""


@dataclass
class Rule:
    """A fault for the next so many requests like this."""

    pattern: re.Pattern[str]
    fault: Fault
    times: int


class Network:
    """The way from phones to the server."""

    def __init__(self, server_port: int) -> None:
        self.server_port = server_port
        self.seen: list[Exchange] = []
        self.rules: list[Rule] = []
        self.lock = Lock()
        self.mended = Event()
        self.lines = Lines(("127.0.0.1", 0), Line)
        self.lines.network = self
        self.thread = Thread(target=self.lines.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        """Where phones find the product."""
        return f"http://127.0.0.1:{self.lines.server_port}"

    def on(self, pattern: str, fault: Fault, times: int = 1) -> None:
        """Lays a fault on the next requests whose `METHOD /path` begins like this (a regular expression)."""
        with self.lock:
            self.mended.clear()
            self.rules.append(Rule(re.compile(pattern), fault, times))

    def down(self) -> None:
        """Nothing reaches the server any more. Unlike Playwright's `set_offline` this survives a browser's restart."""
        self.on("", lose_request, ALWAYS)

    def mend(self) -> None:
        """All faults are over; what hangs is let go."""
        with self.lock:
            self.rules.clear()
            self.mended.set()

    def fault_for(self, exchange: Exchange) -> Fault | None:
        with self.lock:
            for rule in self.rules:
                if rule.times and rule.pattern.match(f"{exchange.method} {exchange.path}"):
                    rule.times -= 1
                    return rule.fault
        return None

    def note(self, exchange: Exchange) -> None:
        with self.lock:
            self.seen.append(exchange)

    def sent(self, pattern: str) -> list[Exchange]:
        """The requests seen whose `METHOD /path` begins like this."""
        with self.lock:
            return [seen for seen in self.seen if re.match(pattern, f"{seen.method} {seen.path}")]

    def close(self) -> None:
        self.mend()
        self.lines.shutdown()
        self.lines.server_close()
