"""A real group robot on the loopback: apprise speaks JSON to it, and it remembers what it was told."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@contextmanager
def robot_service() -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Its address as an administrator would type it, and every message it took."""
    taken: list[dict[str, Any]] = []

    class Robot(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # noqa: N802  (http.server calls it so)
            taken.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_words: Any) -> None:
            """Nobody reads it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Robot)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"json://127.0.0.1:{server.server_port}/robot", taken
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
