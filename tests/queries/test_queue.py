"""The queue: who sees what, in which order, and how it is counted and paged."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
import time_machine

from actions.service_requests import register
from domain.channels import Channel
from domain.days import local_day
from domain.kinds import Kind
from domain.lifecycle import RequestStatus
from extensions import db, now
from models import ServiceRequest
from queries import lenses, queue
from queries.lenses import LENSES
from queries.paging import Key
from tests.factories import completed, dispatched, do, fresh, registered


def shown(viewer, lens="open", **filters):
    """The references a person sees through a lens."""
    return [row.reference for row in queue.page(viewer, LENSES[lens], filters, now=now()).rows]


def due(service_request, moment, *, paused=False):
    """Set the row's next deadline, as the clocks would."""
    row = db.session.get_one(ServiceRequest, service_request.id)
    row.next_due_at, row.clock_paused = moment, paused
    db.session.commit()
    return service_request.reference


def test_every_lens_shows_exactly_what_it_counts(cast):
    registered(cast), registered(cast, by=cast.guard), dispatched(cast), completed(cast)
    late = registered(cast)
    due(late, now() - timedelta(minutes=5))
    do("accept", registered(cast), cast.agent)
    do("cancel", registered(cast), cast.agent, words="重复来电")
    for viewer in (
        cast.agent,
        cast.director,
        cast.head,
        cast.technician,
        cast.guard,
        cast.quality,
        cast.elsewhere.agent,
    ):
        counts = lenses.counts(viewer, now=now())
        assert {name: len(shown(viewer, name)) for name in counts} == counts, viewer.username


def test_the_lenses_follow_the_statuses(cast):
    new, accepted = registered(cast), registered(cast)
    do("accept", accepted, cast.agent)
    working, _ = dispatched(cast)
    done = completed(cast)
    cancelled = registered(cast)
    do("cancel", cancelled, cast.agent, words="重复来电")
    assert shown(cast.agent, "to-accept") == [new.reference]
    assert shown(cast.agent, "to-dispatch") == [accepted.reference]
    assert shown(cast.agent, "in-progress") == [working.reference]
    assert shown(cast.agent, "to-call-back") == [done.reference]
    assert shown(cast.agent, "closed") == [cancelled.reference]
    assert len(shown(cast.agent, "open")) == 4
    assert len(shown(cast.agent, "all")) == 5


def test_a_paused_clock_is_never_late(cast):
    late, paused = registered(cast), registered(cast)
    due(late, now() - timedelta(minutes=1))
    due(paused, now() - timedelta(minutes=1), paused=True)
    assert shown(cast.agent, "late") == [late.reference]
    assert lenses.counts(cast.agent, now=now())["late"] == 1


def test_the_most_urgent_running_clock_comes_first_then_the_paused_then_those_without_a_deadline(cast):
    never = due(registered(cast), None)
    paused = due(registered(cast), now() - timedelta(days=1), paused=True)
    tomorrow = due(registered(cast), now() + timedelta(days=1))
    late = due(registered(cast), now() - timedelta(hours=1))
    assert shown(cast.agent) == [late, tomorrow, paused, never]


def test_mine_is_what_i_registered_and_what_waits_for_me(cast):
    own, other = registered(cast, by=cast.guard), registered(cast)
    with_technician, _job = dispatched(cast)
    for_the_head = registered(cast)
    do("accept", for_the_head, cast.agent)
    do("dispatch", for_the_head, cast.agent, department_id=str(cast.engineering.id))
    assert shown(cast.guard, "mine") == [own.reference]
    assert shown(cast.technician, "mine") == [with_technician.reference]
    assert shown(cast.head, "mine") == [for_the_head.reference]
    assert other.reference in shown(cast.agent, "mine")


def registered_elsewhere(cast, **details):
    """An enquiry at the other site."""
    typed = {"kind": "enquiry", "channel": "visit", "words": "停车月卡怎么办理"} | details
    return register(typed, by=cast.elsewhere.agent, site_id=cast.elsewhere.site.id)


def test_each_site_sees_its_own_requests_and_the_company_sees_all(cast):
    here, there = registered(cast), registered_elsewhere(cast)
    assert shown(cast.agent) == [here.reference]
    assert shown(cast.elsewhere.agent) == [there.reference]
    assert set(shown(cast.quality)) == {here.reference, there.reference}
    assert shown(cast.quality, site=there.site_id) == [there.reference]
    assert lenses.counts(cast.quality, {"site": there.site_id}, now=now())["open"] == 1


def test_a_head_sees_the_requests_of_the_department(cast):
    registered(cast)
    theirs, _job = dispatched(cast)
    assert shown(cast.head) == [theirs.reference]


@pytest.mark.parametrize("size", [3, 4, 5])
@pytest.mark.parametrize("lens", ["open", "all"])
def test_paging_by_key_meets_every_row_once_in_both_directions(cast, lens, size):
    same = now() + timedelta(hours=1)
    for moment, paused in [(same, False)] * 3 + [(same, True)] * 3 + [(None, False)] * 4:
        due(registered(cast, happened_at=now() - timedelta(hours=3)), moment, paused=paused)
    pages = [queue.page(cast.agent, LENSES[lens], {}, now=now(), size=size)]
    assert pages[0].before is None
    while key := pages[-1].after:
        pages.append(queue.page(cast.agent, LENSES[lens], {}, now=now(), size=size, after=key))
    met = [row.id for page in pages for row in page.rows]
    assert len(met) == len(set(met)) == 10
    for earlier, later in pairwise(pages):
        back = queue.page(cast.agent, LENSES[lens], {}, now=now(), size=size, before=later.before)
        assert [row.id for row in back.rows] == [row.id for row in earlier.rows]
        assert bool(back.before) == bool(earlier.before)


def test_a_key_reads_as_it_was_written():
    for key in (Key(0, now(), uuid4()), Key(2, None, uuid4())):
        assert Key.read(str(key)) == key


def test_each_filter_narrows_the_queue(cast):
    plain = registered(cast, category_id=None, unit_id=None, place="地下车库", kind="complaint", channel="wechat")
    leak, _job = dispatched(cast)
    everything = {plain.reference, leak.reference}
    today = local_day(now())

    def found(**filters):
        return set(shown(cast.director, **filters))

    assert found(building=cast.building.id) == {leak.reference}
    assert found(kind=Kind.COMPLAINT) == {plain.reference}
    assert found(category=cast.plumbing.id) == {leak.reference}
    assert found(category=cast.leaks.id) == {leak.reference}
    assert found(category=cast.dripping_tap.id) == {leak.reference}
    assert found(category=cast.noise.id) == set()
    assert found(status=RequestStatus.IN_PROGRESS) == {leak.reference}
    assert found(department=cast.engineering.id) == {leak.reference}
    assert found(department=cast.security.id) == set()
    assert found(holder=cast.technician.id) == {leak.reference}
    assert found(holder=cast.technician2.id) == set()
    assert found(channel=Channel.WECHAT) == {plain.reference}
    assert found(since=today, until=today) == everything
    assert found(since=today + timedelta(days=1)) == set()
    assert found(until=today - timedelta(days=1)) == set()


def test_a_day_of_the_period_is_a_day_on_the_sites_wall_clock(cast):
    before_midnight = registered(cast, happened_at=datetime(2026, 3, 1, 15, 59, tzinfo=UTC))
    after_midnight = registered(cast, happened_at=datetime(2026, 3, 1, 16, 0, tzinfo=UTC))
    first, second = date(2026, 3, 1), date(2026, 3, 2)
    assert shown(cast.agent, until=first) == [before_midnight.reference]
    assert shown(cast.agent, since=second, until=second) == [after_midnight.reference]


@pytest.mark.parametrize(
    "text",
    [
        "漏水",
        "厨房水管漏水",
        "刘女士",
        "lns",
        "8001",
        "13800138000",
        "3-2-501",
        "YH-",
        "水",
        "地板 刘女士",
        "１３８００",
    ],
)
def test_text_finds_words_names_initials_numbers_rooms_and_references(cast, text):
    leak = registered(cast, resident_id=str(cast.resident.id))
    registered(cast, words="噪音", unit_id=None, caller_name="赵强", caller_phone="+8613911112222", channel="visit")
    found = shown(cast.agent, "all", text=text)
    assert leak.reference in found
    assert len(found) == (2 if text == "YH-" else 1)


@pytest.mark.parametrize("text", ["漏电", "%", "_", "'", '"', "NEAR(", "*", "漏水 漏电", "\U0001f4a7"])
def test_text_that_nobody_said_finds_nothing_and_breaks_nothing(cast, text):
    registered(cast)
    assert shown(cast.agent, "all", text=text) == []


def test_a_row_prints_place_caller_holder_and_marks(cast):
    leak, _job = dispatched(cast)
    do("chase", leak, cast.agent)
    (row,) = queue.page(cast.agent, LENSES["open"], {}, now=now()).rows
    assert (row.unit, row.building.name, row.caller, row.category.name) == ("3-2-501", "3栋", "刘女士", "水龙头滴水")
    assert [(holder.name, holder.person) for holder in row.holders] == [("工程部", "李师傅")]
    assert row.times_chased == 1 and row.is_marked
    assert row.reading.due_at == fresh(leak).next_due_at


def test_news_are_changes_and_arrivals_within_reach(cast):
    registered(cast)
    drawn_at = now() + timedelta(minutes=1)
    with time_machine.travel(drawn_at, tick=False):
        assert not queue.news(cast.agent, since=now(), now=now()).is_any
    with time_machine.travel(drawn_at + timedelta(seconds=30), tick=False):
        registered(cast, by=cast.guard)
        registered_elsewhere(cast)
    asked = {"since": drawn_at, "now": drawn_at + timedelta(minutes=1)}
    assert queue.news(cast.agent, **asked) == queue.News(is_any=True, arrived=1)
    assert queue.news(cast.guard, **asked) == queue.News(is_any=True, arrived=0)
    assert queue.news(cast.head, **asked) == queue.News(is_any=False, arrived=0)
    assert queue.news(cast.quality, **asked).arrived == 2


def test_what_arrives_while_the_queue_is_drawn_is_told_once(cast):
    drawn_at = now() + timedelta(minutes=1)
    with time_machine.travel(drawn_at - timedelta(seconds=1), tick=False):
        registered(cast, by=cast.guard)  # stamped before the queue was drawn, seen only after
    looks = [drawn_at + timedelta(seconds=5 * number) for number in range(4)]
    told = [queue.news(cast.agent, since=since, now=until) for since, until in pairwise(looks)]
    assert [news.arrived for news in told] == [1, 0, 0]
    assert told[0].is_any and not told[1].is_any
