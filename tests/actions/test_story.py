"""One leak from the first word to the follow-up call."""

from domain.lifecycle import JobStatus, RequestStatus
from tests import factories


def test_a_leak_is_heard_repaired_called_back_and_closed(cast):
    service_request = factories.completed(cast)

    assert service_request.status is RequestStatus.COMPLETED
    assert [job.status for job in service_request.jobs] == [JobStatus.DONE]

    factories.do("close", service_request, cast.agent, verdict="satisfied", reasons=["responsiveness"])
    assert factories.fresh(service_request).status is RequestStatus.CLOSED
