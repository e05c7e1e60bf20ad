"""What pages weigh over the wire: `python -m bench.phone_weights` asks gunicorn and a database of its own.

The first visit of a phone brings the shell: the worker's script and all it keeps for every page. Then a page is its
HTML alone. A desk's first visit is a page with all it names. Bytes of the bodies, compressed as browsers take them from
a secure origin (brotli), the shell also as gzip. Ends with 1 when one is above its limit.
"""

import json
import os
import re
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask_migrate import upgrade

from app import create_app
from bench.served import served
from bench.visitor import Visitor
from config import Settings
from extensions import db

PASSWORD = "measured"
SHELL_LIMIT, GZIP_LIMIT, PAGE_LIMIT, DESK_LIMIT = 50_000, 55_000, 8_000, 90_000  # bytes
BROTLI, GZIP = "br, gzip", "gzip"
PHONE = {"X-Phone": "5f0c8f6e-3b5f-4d1c-9a53-0d1d6a2f7e11", "Sec-Fetch-Site": "same-origin"}
WORKER = re.compile(r'from "(?P<script>[^"]+)".*start\((?P<told>.*)\);', re.DOTALL)
NAMED = re.compile(r'(?:src|href)="(/static/[^"#]+)')


def main() -> None:
    """A fresh product with the demo rows, weighed."""
    with demo_served() as (port, _folder):
        sys.exit(1 if any([*weighed(port)]) else 0)


@contextmanager
def demo_served() -> Iterator[tuple[int, Path]]:
    """A fresh product with the demo rows, under gunicorn: its port and its data folder."""
    with tempfile.TemporaryDirectory(prefix="yingda-phone-") as folder:
        environ = {
            "YINGDA_DATA": folder,
            "DATABASE_URL": f"sqlite:///{folder}/yingda.db",
            "YINGDA_DEMO_PASSWORD": PASSWORD,
            "YINGDA_LOG_LEVEL": "ERROR",
            "REDIS_URL": "",
        }
        os.environ.update(environ)
        fill()
        with served("app:create_app()", environ) as port:
            yield port, Path(folder)


def fill() -> None:
    """A migrated database with the demo estate."""
    app = create_app(Settings.from_environment())
    with app.app_context():
        upgrade()
        app.cli.main(["demo", "load"], standalone_mode=False)
        db.session.remove()
        db.engine.dispose()


def weighed(port: int) -> Iterator[bool]:
    """Whether each figure is too heavy; prints it."""
    visitor = Visitor(port)
    visitor.sign_in("technician", PASSWORD)
    shell = shell_of(visitor)
    yield told("first visit: the shell", [weight(visitor, address) for address in shell], SHELL_LIMIT)
    zipped = [weight(visitor, address, encoding=GZIP) for address in shell]
    yield told("the same as gzip", zipped, GZIP_LIMIT)
    plan = json.loads(visitor.ask("POST", "/phone/check-in", {}, **PHONE)[1])
    addresses = [page["url"] for page in plan["pages"]]
    jobs = [address for address in addresses if "/jobs/" in address]
    yield told("heaviest job page", [max(weight(visitor, address) for address in jobs)], PAGE_LIMIT)
    for address in addresses:
        if address not in jobs:
            yield told(address, [weight(visitor, address)], PAGE_LIMIT)
    yield told("what a check-in answers", [weight(visitor, "/phone/check-in", {})], PAGE_LIMIT)
    yield told("rooms and people of the site", [weight(visitor, plan["directory"]["url"])], SHELL_LIMIT)
    agent = Visitor(port)
    agent.sign_in("agent", PASSWORD)
    yield told("first visit: the desk", [weight(agent, address) for address in named_by(agent, "/desk")], DESK_LIMIT)


def shell_of(visitor: Visitor) -> set[str]:
    """The addresses a first visit asks for besides its page: the worker and what it keeps."""
    worker = WORKER.search(visitor.ask("GET", "/sw.js")[1].decode())
    assert worker, "the worker's script has another form"
    return {"/sw.js", worker["script"], *json.loads(worker["told"])["shell"]}


def named_by(visitor: Visitor, page: str) -> set[str]:
    """This page, and the files it names."""
    return {page, *NAMED.findall(visitor.ask("GET", page)[1].decode())}


def weight(visitor: Visitor, address: str, form: dict[str, str] | None = None, encoding: str = BROTLI) -> int:
    """The bytes of an answer's body as they travel."""
    headers = {"Accept-Encoding": encoding} | (PHONE if form is not None else {})
    return len(visitor.ask("GET" if form is None else "POST", address, form, **headers)[1])


def told(name: str, sizes: list[int], limit: int) -> bool:
    """Prints one figure."""
    is_too_heavy = sum(sizes) > limit
    many = f" ({len(sizes)} files)" if len(sizes) > 1 else ""
    print(f"{name + many:40} {sum(sizes):7,} B  ≤ {limit:6,}{'  TOO HEAVY' if is_too_heavy else ''}", flush=True)
    return is_too_heavy


if __name__ == "__main__":
    main()
