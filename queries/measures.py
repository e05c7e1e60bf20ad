"""The measures of domain/measures.py in SQL: one condition each, for the number and for its list."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, not_, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased, join

from domain.kinds import Kind
from domain.lifecycle import UNSOLVED, JobStatus, RequestStatus
from domain.measures import Source
from domain.outcomes import Outcome, Verdict
from domain.standards import Clock
from models import ClockReading, FollowUp, Job, ServiceRequest
from models.columns import Moment

SR, Run, Call = ServiceRequest, ClockReading, FollowUp
# Under a name of its own: reach and filters ask for jobs of a request too, and mean any of them.
CountedJob = aliased(Job, name="counted_job")
Condition = ColumnElement[bool] | InstrumentedAttribute[bool]
# The moment of counting, given when a statement is run: so the conditions are made once and not for every page.
MOMENT = bindparam("moment", type_=Moment())

# What is counted, each joined to its service request.
TABLES: Mapping[Source, Any] = {
    Source.REQUESTS: SR,
    Source.RUNS: join(SR, Run, Run.service_request_id == SR.id),
    Source.CALLS: join(SR, Call, Call.service_request_id == SR.id),
    Source.JOBS: join(SR, CountedJob, CountedJob.service_request_id == SR.id),
}

IS_DONE = SR.status.in_((RequestStatus.COMPLETED, RequestStatus.CLOSED))
IS_CLOSED = SR.status == RequestStatus.CLOSED
MUST_BE_CALLED = and_(IS_DONE, SR.follow_up_share > 0)


def called(*conditions: Condition) -> ColumnElement[bool]:
    """Somebody called since the work was completed."""
    since = or_(SR.completed_at.is_(None), Call.made_at >= SR.completed_at)
    return select(Call.id).where(Call.service_request_id == SR.id, since, *conditions).correlate(SR).exists()


WAS_REACHED = called(Call.is_reached)
HAS_DEADLINE = and_(not_(Run.is_void), Run.due_at.is_not(None))


# What Reading.is_late() says, of a row.
RUN_IS_LATE = or_(
    and_(Run.stopped_at.is_not(None), Run.is_late),
    and_(Run.stopped_at.is_(None), not_(Run.is_paused), Run.due_at < MOMENT),
)

_ENDS: Mapping[str, Condition] = {
    "met": and_(HAS_DEADLINE, Run.stopped_at.is_not(None), not_(Run.is_late)),
    "late": and_(HAS_DEADLINE, RUN_IS_LATE),
    "open": and_(HAS_DEADLINE, Run.stopped_at.is_(None), or_(Run.is_paused, Run.due_at >= MOMENT)),
    "no_deadline": and_(not_(Run.is_void), Run.due_at.is_(None)),
    "void": Run.is_void,
    "stopped": and_(not_(Run.is_void), Run.stopped_at.is_not(None)),
}

CONDITIONS: Mapping[str, Condition] = {
    "received": true(),
    "unsolved": SR.status.in_(sorted(UNSOLVED)),
    "completed": IS_DONE,
    "to_call_back": SR.status == RequestStatus.COMPLETED,
    "closed": IS_CLOSED,
    "cancelled": SR.status == RequestStatus.CANCELLED,
    "merged": SR.status == RequestStatus.MERGED,
    "once_completed": or_(IS_DONE, SR.times_reopened > 0),
    "reopened": SR.times_reopened > 0,
    "chased": SR.times_chased > 0,
    "escalated": SR.times_escalated > 0,
    "not_escalated": SR.times_escalated == 0,
    "complaints": SR.kind == Kind.COMPLAINT,
    "to_be_called": MUST_BE_CALLED,
    "reached": and_(MUST_BE_CALLED, WAS_REACHED),
    "no_answer": and_(MUST_BE_CALLED, not_(IS_CLOSED), not_(WAS_REACHED), called()),
    "not_called": and_(MUST_BE_CALLED, not_(IS_CLOSED), not_(called())),
    "closed_without_call": and_(MUST_BE_CALLED, IS_CLOSED, not_(WAS_REACHED)),
    "calls_reached": Call.is_reached,
    "calls_unanswered": not_(Call.is_reached),
    **{f"verdict_{verdict}": Call.verdict == verdict for verdict in Verdict},
    **{f"outcome_{one}": and_(CountedJob.status == JobStatus.DONE, CountedJob.outcome == one) for one in Outcome},
    "jobs_returned": CountedJob.status == JobStatus.RETURNED,
    **{f"{clock}_{name}": and_(Run.clock == clock, end) for clock in Clock for name, end in _ENDS.items()},
}
