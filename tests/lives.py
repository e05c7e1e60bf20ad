"""Random lives of service requests, told through the same actions as in the product, in the past."""

from datetime import datetime, timedelta
from random import Random
from typing import Any

from actions.service_requests import register
from domain.channels import Channel
from domain.errors import Refused
from domain.kinds import Kind
from domain.outcomes import Outcome, PauseReason, Verdict
from models import ServiceRequest
from queries import jobs
from tests.factories import as_uuid, do, fresh


def live(cast: Any, draw: Random, number: int, *, until: datetime, days: int = 12) -> list[ServiceRequest]:
    """So many requests of both sites, registered within the days before `until`, each brought some random way."""
    lives = []
    for _ in range(number):
        here = draw.choice((cast, cast, cast.elsewhere))
        lives.append(_Life(cast, here, draw, until, until - timedelta(minutes=draw.randrange(1, days * 1440))).told())
    return lives


class _Life:
    """One request on its way; `moment` is when the last thing happened."""

    def __init__(self, cast: Any, here: Any, draw: Random, until: datetime, moment: datetime) -> None:
        self.cast, self.here, self.draw, self.until, self.moment = cast, here, draw, until, moment
        self.request = self.registered()

    def registered(self) -> ServiceRequest:
        cast, here, draw = self.cast, self.here, self.draw
        category = draw.choice((None, cast.dripping_tap, cast.burst_pipe, cast.noise, cast.plumbing))
        place = draw.choice(({"unit_id": str(here.unit.id)}, {"building_id": str(here.building.id)}, {"place": "车库"}))
        typed = {
            "kind": draw.choice(list(Kind)),
            "channel": draw.choice(list(Channel)),
            "words": "漏水",
            "category_id": str(category.id) if category else "",
            **place,
        }
        return register(typed, by=here.agent, site_id=here.site.id, happened_at=self.moment)

    def do(self, name: str, subject: Any, by: Any, **details: Any) -> Any:
        """The next thing happens, some minutes later."""
        self.moment = min(self.moment + timedelta(minutes=self.draw.choice((1, 7, 40, 300, 2000))), self.until)
        return do(name, subject, by, happened_at=self.moment, **details)

    def told(self) -> ServiceRequest:
        for _round in range(2):
            try:
                if not (self.accepted() and self.worked() and self.called()):
                    break
            except Refused:  # the rules of this request's kind forbid it: the life stops here
                break
        return fresh(self.request)

    def accepted(self) -> bool:
        draw, request, agent = self.draw, self.request, self.here.agent
        if draw.random() < 0.15:
            return False
        if fresh(request).status == "registered":
            self.do("accept", request, agent)
        turn = draw.random()
        if turn < 0.1:
            self.do("cancel", request, agent, reason="by_resident", words="不用了")
        elif turn < 0.2:
            self.do("chase", request, agent, words="请快一点")
            self.do("escalate", request, agent, words="请关注")
        return turn >= 0.1

    def worked(self) -> bool:
        draw, request, here = self.draw, self.request, self.here
        if draw.random() < 0.2:
            self.do("reply", request, here.agent, words="已答复")
            return True
        event = self.do("dispatch", request, here.agent, holder_id=str(here.technician.id))
        if draw.random() < 0.2:
            self.do("dispatch", request, here.agent, department_id=str(here.security.id))
        job = jobs.locked(as_uuid(event.job_id), viewer=None)
        if draw.random() < 0.1:
            self.do("return", job, here.technician, reason="other", words="不是我们的")
            return False
        if draw.random() < 0.8:
            self.do("arrive", job, here.technician)
            if draw.random() < 0.3:
                reason, until = draw.choice(list(PauseReason)), self.moment.date() + timedelta(days=3)
                self.do("hold", job, here.technician, reason=reason, until=until.isoformat())
        if draw.random() < 0.2:
            return False
        self.do("complete", job, here.technician, outcome=draw.choice(list(Outcome)), work_done="已处理")
        return True

    def called(self) -> bool:
        draw, request, here = self.draw, self.request, self.here
        if draw.random() < 0.2:
            return False
        if draw.random() < 0.3:
            self.do("call_not_answered", request, here.agent, words="无人接听")
        if draw.random() < 0.7:
            self.do("verify", request, here.director)
        turn = draw.random()
        if turn < 0.25:
            self.do("reopen", request, here.agent, verdict=Verdict.UNSATISFIED, reasons=[], words="没修好")
        elif turn < 0.4:
            self.do("close_without_call", request, here.director, words="抽样")
        else:
            self.do("close", request, here.agent, verdict=draw.choice(list(Verdict)), reasons=[], words="")
        return turn < 0.25
