"""Chaos: `python -m bench.offline_chaos --rounds 300 --seed 1` lets phones work on a bad network and counts afterwards.

Real browsers, the real product under gunicorn, faults in between; servers and browsers die by kill -9. In the end every
entry that was ever saved must be with the server once and in order, or still be shown on its phone. All that is random
comes from the seed: the same command plays the same rounds again. A run that fails keeps its folder.
"""

import argparse
import json
import shutil
import sys
import tempfile
import time
from collections import Counter, deque
from pathlib import Path
from random import randrange
from typing import Any

from playwright.sync_api import Playwright, sync_playwright

from bench.chaos import proof
from bench.chaos.estate import Estate
from bench.chaos.handset import Handset
from bench.chaos.plan import steps_of
from launch.serve import set_up
from tests.offline import faults
from tests.offline.faults import Fault, Line

DRAIN = 180  # seconds until what still waits counts as stuck
REMEMBERED = 40  # of the last faults, told when something is wrong
LINES_KEPT = 100  # of what crossed each network


def main() -> None:
    """A run; ends with 1 when something is lost, twice or wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=300)
    asked.add_argument("--seed", type=int, default=randrange(10**6))
    asked.add_argument("--phones", type=int, default=3)
    asked.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    options = asked.parse_args()
    set_up()
    folder = Path(tempfile.mkdtemp(prefix="yingda-chaos-"))
    with sync_playwright() as playwright:
        findings = Run(options, folder, playwright).play()
    if not findings.are_none:
        print(f"{findings}\nAgain: python -m bench.offline_chaos {again(options)}\nKept: {folder}")
        sys.exit(1)
    shutil.rmtree(folder, ignore_errors=True)


def again(options: argparse.Namespace) -> str:
    return " ".join(f"--{name} {value}" for name, value in vars(options).items())


class Run:
    """One run: the steps of each round are its methods."""

    def __init__(self, options: argparse.Namespace, folder: Path, playwright: Playwright) -> None:
        self.options, self.folder = options, folder
        self.began = time.monotonic()
        self.struck: Counter[str] = Counter()
        self.last: deque[str] = deque(maxlen=REMEMBERED)
        self.came: Counter[str] = Counter()
        self.complaints: Counter[str] = Counter()
        self.round = 0
        self.estate = Estate(folder, options.database)
        self.phones = [Handset(number, self.estate, playwright, folder) for number in range(options.phones)]

    def play(self) -> proof.Findings:
        """All rounds, then peace, then the count."""
        print(f"seed {self.options.seed}, {self.options.database}, in {self.folder}", flush=True)
        try:
            while self.round < self.options.rounds:
                self.round += 1
                self.play_round()
                if self.round % 10 == 0:
                    self.tell_progress()
            stuck = self.make_peace()
            findings = proof.examined(self.phones, self.estate.people)
            findings.wrong += [f"phone {phone.number} is not done: {phone.story()}" for phone in stuck]
            findings.wrong += [f"phone {phone.number}: {said}" for phone in self.phones for said in phone.said]
            self.summarise(findings)
            return findings
        except BaseException:
            print(f"Round {self.round} broke. Again: {again(self.options)}\nLast faults:", *self.last, sep="\n  ")
            raise
        finally:
            self.close()

    def play_round(self) -> None:
        for step in steps_of(self.options.seed, self.round, self.options.phones):
            getattr(self, step.verb)(**step.values)
        for phone in self.phones:
            del phone.network.seen[:-LINES_KEPT]

    def close(self) -> None:
        ledger = [vars(one) for phone in self.phones for one in phone.ledger.values()]
        (self.folder / "ledger.json").write_text(json.dumps(ledger, indent=1))
        for phone in self.phones:
            phone.network.close()
            phone.close()
        self.estate.close()

    # What phones do

    def tap(self, phone: int, wishes: list[str], job: int, photos: dict[str, int], is_large: bool, **how: Any) -> None:
        mine = self.phones[phone]
        mine.round = self.round
        is_guard = mine.person is self.estate.cast.guard
        wishes = ["register"] if is_guard else wishes
        path = "/phone/hand-over" if wishes == ["register"] else self.path_of(mine, job)
        if not mine.page.url.endswith(path) and not mine.visit(path):
            self.came["no page"] += 1
            return
        mark = f"第 {self.round} 轮 {phone} 号机 {job}"
        shots = mine.shots(photos, is_large)
        how = {"choice": how["choice"], "is_empty": how["is_empty"], "twice": how["is_twice"], "dies": how["dies"]}
        came = mine.tap(wishes, shots, mark, **how)
        self.came[next(iter(came))] += 1
        if "complaint" in came:
            self.complaints[came["complaint"]] += 1
            self.remember(f"phone {phone} complains: {came['complaint']}")
        if "dying" in came:
            self.kill_browser(phone)

    def path_of(self, phone: Handset, job: int) -> str:
        technician = self.estate.people.index(phone.person)
        return f"/phone/jobs/{self.estate.job(technician, job).id}"

    def look(self, phone: int) -> None:
        """Somebody looks what is in the outbox, and presses "send now"."""
        mine = self.phones[phone]
        if mine.visit("/phone/outbox"):
            mine.page.evaluate("document.getElementById('send-now')?.click()")

    def discard(self, phone: int) -> None:
        self.phones[phone].on_each_card("refused", self.phones[phone].discard)

    def mend_entry(self, phone: int) -> None:
        mine = self.phones[phone]
        mine.on_each_card("refused", lambda entry: mine.mend(entry))

    def kill_browser(self, phone: int) -> None:
        self.remember(f"kill -9 of browser {phone}", "browser killed")
        self.phones[phone].kill()
        self.phones[phone].visit("/phone/")
        self.phones[phone].reconcile()

    def end_session(self, phone: int) -> None:
        """Until the network is mended, nobody is signed in."""
        self.remember(f"session of phone {phone} ended", "session ended")
        self.phones[phone].context.clear_cookies(name=self.estate.cookie_of(self.phones[phone].person)["name"])

    # What networks and servers do

    def mend(self, phone: int) -> None:
        mine = self.phones[phone]
        mine.network.mend()
        mine.go_online()
        mine.context.add_cookies([{"url": mine.network.url, "expires": time.time() + 86400, **self.cookie(mine)}])

    def cookie(self, phone: Handset) -> Any:
        return self.estate.cookie_of(phone.person)

    def fault(self, phone: int, fault: str, where: str, times: int, seconds: float) -> None:
        chosen = (
            faults.delay(seconds) if fault == "delay" else getattr(faults, fault, None) or faults.answer(int(fault))
        )
        self.phones[phone].network.on(where, self.counted(phone, fault, chosen), times)

    def counted(self, phone: int, name: str, fault: Fault) -> Fault:
        """The fault, noted each time it strikes."""

        def noted(line: Line) -> None:
            self.remember(f"{name} on phone {phone}: {line.exchange.method} {line.exchange.path}", name)
            fault(line)

        return noted

    def go_offline(self, phone: int) -> None:
        self.remember(f"phone {phone} offline", "offline")
        self.phones[phone].go_offline()

    def kill_server(self) -> None:
        self.remember("kill -9 of the server", "server killed")
        self.estate.server.kill()

    def restart_server(self) -> None:
        self.remember("the server restarts", "server restarted")
        self.estate.server.restart()

    def start_server(self) -> None:
        if self.estate.server.process is None:
            self.estate.server.start()

    def pause(self, seconds: float) -> None:
        self.phones[self.round % len(self.phones)].page.wait_for_timeout(seconds * 1000)

    # What the centre does

    def dispatch(self, technician: int, job: int) -> None:
        self.estate.dispatch(technician)

    def assign(self, technician: int, job: int) -> None:
        self.came["reassigned"] += self.estate.assign(technician, job)

    def cancel_job(self, technician: int, job: int) -> None:
        self.came["called off"] += self.estate.cancel_job(technician, job)

    def write_note(self, technician: int, job: int) -> None:
        self.came["noted"] += self.estate.write_note(technician, job)

    # The end

    def make_peace(self) -> list[Handset]:
        """No more faults; the phones that are not done after a while."""
        self.start_server()
        for phone in self.phones:
            self.mend(phone.number)
        deadline = time.monotonic() + DRAIN
        stuck = list(self.phones)
        while stuck and time.monotonic() < deadline:
            for phone in stuck:
                self.look(phone.number)
                phone.page.wait_for_timeout(500)
            stuck = [phone for phone in stuck if not phone.is_drained()]
        return stuck

    def remember(self, words: str, kind: str = "") -> None:
        self.last.append(f"round {self.round}: {words}")
        self.struck[kind] += bool(kind)

    def tell_progress(self) -> None:
        saved = [one for phone in self.phones for one in phone.ledger.values()]
        seconds = time.monotonic() - self.began
        struck = self.struck.total()
        print(f"round {self.round}: {len(saved)} entries, {struck} faults, {seconds:.0f} s", flush=True)

    def summarise(self, findings: proof.Findings) -> None:
        saved = [one for phone in self.phones for one in phone.ledger.values()]
        told = {
            "rounds": self.options.rounds,
            "entries": len(saved),
            "by action": dict(Counter(one.action for one in saved)),
            "photos": sum(len(one.photos) for one in saved),
            "faults": dict(+self.struck),
            "taps": dict(self.came),
            "complaints": dict(self.complaints),
            "came to": dict(findings.came_to),
            "emptied": sum(len(phone.emptied) for phone in self.phones),  # by the browser itself; told to the centre
            "lost": len(findings.lost),
            "twice": len(findings.twice),
            "wrong": len(findings.wrong),
            "seconds": round(time.monotonic() - self.began),
        }
        print("\n".join(f"{name:10} {value}" for name, value in told.items()), flush=True)
        if not findings.are_none:
            print("Last faults:", *self.last, sep="\n  ")


if __name__ == "__main__":
    main()
