"""The time it really happened: by the phone's clock, corrected for how wrong that is, never in the future."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.factories import do
from tests.offline import stored
from tests.offline.test_delivery import HAND_OVER

# The clock of the page and of its worker, wrong by so many milliseconds; what is open keeps its time till then.
WRONG = """(wrong) => {
  const Right = Date;
  globalThis.Date = class extends Right {
    constructor(...given) { given.length ? super(...given) : super(Right.now() + wrong); }
    static now() { return Right.now() + wrong; }
  };
}"""


ON_ITS_WAY = timedelta(minutes=1)  # more than a request takes on a busy machine, far less than any clock here is wrong


def set_clock(mine, wrong: timedelta):
    """The whole phone is early or late by so much."""
    milliseconds = wrong / timedelta(milliseconds=1)
    mine.page.evaluate(WRONG, milliseconds)
    for worker in mine.context.service_workers:
        worker.evaluate(WRONG, milliseconds)


@pytest.mark.parametrize(
    "wrong",
    [
        pytest.param(timedelta(hours=2), id="two hours fast"),
        pytest.param(timedelta(hours=-2), id="two hours slow"),
        pytest.param(timedelta(days=-365 * 56), id="in 1970"),
        pytest.param(timedelta(days=365), id="next year"),
    ],
)
def test_a_phone_with_a_wrong_clock_makes_nobody_early_or_late(cast, phone, wrong):
    """Scenarios 21 and 53."""
    mine = phone(cast.guard).open("/phone/hand-over")
    mine.holds("/phone/hand-over")
    mine.go_offline()
    set_clock(mine, wrong)
    begun = datetime.now(UTC)
    entry = mine.tap("register", **HAND_OVER)
    mine.go_online()
    mine.delivered()
    [report] = stored.reports(cast.guard)
    assert abs(report.registered_at - begun) < ON_ITS_WAY
    said = stored.receipt(entry["id"]).said_at
    assert abs(said - begun - wrong) < ON_ITS_WAY, "What the phone said is kept."


def test_nothing_happens_before_what_it_follows(cast, job, phone):
    """Scenario 53."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    mine.open_job(job).go_offline()
    entry = mine.tap("acknowledge")
    assert entry
    do("annotate", job.service_request, cast.agent, words="请尽快", audience="internal")
    mine.tap("arrive")
    mine.go_online()
    mine.delivered()
    moments = [event.happened_at for event in stored.events(job)]
    assert moments == sorted(moments)


def test_a_time_zone_crossed_on_the_way_changes_no_moment(cast, job, phone):
    """Scenario 54."""
    mine = phone(cast.technician)
    mine.holds(f"/phone/jobs/{job.id}")
    mine.open_job(job).go_offline()
    begun = datetime.now(UTC)
    mine.tap("acknowledge")
    tools = mine.context.new_cdp_session(mine.page)
    tools.send("Emulation.setTimezoneOverride", {"timezoneId": "America/New_York"})
    mine.tap("arrive")
    mine.go_online()
    mine.delivered()
    acknowledged, arrived = stored.events(job)
    assert begun <= acknowledged.happened_at <= arrived.happened_at <= datetime.now(UTC)


def test_a_page_left_open_for_three_days_still_takes_a_tap_of_now(cast, job, phone):
    """Scenario 56."""
    mine = phone(cast.technician)
    mine.page.clock.install(time=datetime.now(UTC) - timedelta(days=3))
    mine.open_job(job)
    do("annotate", job.service_request, cast.agent, words="住户改了时间", audience="internal")
    mine.context.clear_cookies(name="csrf")
    mine.page.clock.set_system_time(datetime.now(UTC))
    begun = datetime.now(UTC)
    mine.tap("acknowledge")
    mine.delivered()
    [event] = [event for event in stored.events(job) if event.action == "acknowledge"]
    assert abs(event.happened_at - begun) < ON_ITS_WAY
