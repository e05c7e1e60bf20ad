"""Whatever dies or refuses: nothing is lost, and nothing is told twice in the product."""

from collections import Counter
from datetime import timedelta

from sqlalchemy import func, select, update

from actions import telling
from domain.permissions import Role
from extensions import db, later, now
from models import Event, Notice, NoticeChannel, NoticeState, NoticeTarget
from tests.factories import dispatched, do, registered
from tests.launch.processes import eventually
from tests.people import person


def count(*conditions):
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Notice).where(*conditions))


BY_MAIL = Notice.channel == NoticeChannel.EMAIL
SENT = Notice.state == NoticeState.SENT
IN_PRODUCT = Notice.channel == NoticeChannel.PRODUCT


def crowd_of_directors(cast, number):
    """Many colleagues who are all told of an escalation."""
    db.session.expunge_all()
    for each in range(number):
        person(cast.company, cast.site, cast.centre, f"director-{each}", f"主任{each}", Role.DIRECTOR)
    db.session.commit()


def all_told_once():
    """Nobody has two notices of one event in the product."""
    db.session.rollback()
    rows = db.session.execute(select(Notice.event_id, Notice.recipient_id).where(IN_PRODUCT)).all()
    return max(Counter(rows).values()) == 1


def everything_is_due():
    """As if the waiting time, or the lease of whoever died, had run out."""
    db.session.rollback()
    db.session.execute(update(Notice).where(Notice.state == NoticeState.WAITING).values(next_try_at=now()))
    db.session.commit()
    later("send")


def at_noon(cast):
    """What is urgent is sent at any hour, so that these tests do not depend on the wall clock."""
    return {"category_id": str(cast.burst_pipe.id)}


def test_an_event_becomes_a_notice_and_an_e_mail(cast, start, letters):
    dispatched(cast, **at_noon(cast))
    start("worker")
    assert eventually(lambda: count(BY_MAIL, SENT) == 1)
    notice = db.session.scalars(select(Notice).where(BY_MAIL)).one()
    assert letters.taken == [("technician-YH@example.test", f"<{notice.id}@localhost>")]


def test_a_worker_killed_in_the_middle_of_two_hundred_leaves_nothing_out_and_doubles_one_at_most(cast, start, letters):
    service_request = registered(cast, **at_noon(cast))
    telling.tell(by_email=False)
    crowd_of_directors(cast, 199)
    letters.seconds_each = 0.005
    do("escalate", service_request, cast.agent)
    worker = start("worker")
    assert eventually(lambda: len(letters.taken) >= 50)
    worker.kill()
    worker.wait()
    assert count(BY_MAIL, SENT) < 200
    start("worker")
    everything_is_due()
    assert eventually(lambda: count(BY_MAIL, SENT) == 200)
    escalated = Notice.reason == "escalate.to director.director"
    assert count(IN_PRODUCT, escalated) == 200
    assert all_told_once()
    assert len(set(letters.ids)) == 200
    assert len(letters.ids) <= 201


def test_a_mail_server_that_refuses_is_asked_again_and_gets_each_letter_once(cast, start, letters):
    letters.answers = ["451 Later, please", "550 Not today"]
    dispatched(cast, **at_noon(cast))
    start("worker")
    for answer in ("451", "550"):
        assert eventually(lambda answer=answer: count(BY_MAIL, Notice.last_error.contains(answer)) == 1)
        everything_is_due()
    assert eventually(lambda: count(BY_MAIL, SENT, Notice.attempts == 3) == 1)
    assert len(letters.taken) == 1


def test_without_a_mail_server_notices_wait_longer_each_time_and_are_given_up_for_a_person_to_look_at(cast, start):
    dispatched(cast, **at_noon(cast))
    start("worker")
    assert eventually(lambda: count(BY_MAIL, Notice.attempts == 1, Notice.last_error != "") == 1)
    waits = db.session.scalar(select(Notice.next_try_at).where(BY_MAIL)) - now()
    assert timedelta(seconds=40) < waits <= timedelta(minutes=1)
    db.session.execute(update(Notice).where(BY_MAIL).values(attempts=7))
    db.session.commit()
    everything_is_due()
    assert eventually(lambda: count(BY_MAIL, Notice.state == NoticeState.FAILED) == 1)


def test_a_robot_gets_each_message_once_even_while_no_mail_goes_out(cast, start, robot):
    url, taken = robot
    db.session.add(NoticeTarget(site_id=cast.site.id, name="群", url=url, reasons=[]))
    db.session.commit()
    service_request, _job = dispatched(cast, **at_noon(cast))
    start("worker")
    by_robot = Notice.channel == NoticeChannel.WEBHOOK
    assert eventually(lambda: count(by_robot, SENT) == count(by_robot) > 0)
    everything_is_due()
    assert eventually(lambda: count(BY_MAIL, Notice.attempts >= 1) == count(BY_MAIL) > 0)
    assert len(taken) == count(by_robot)
    assert any(service_request.reference in message["title"] + message["message"] for message in taken)


def test_a_robot_that_refuses_keeps_nobody_else_waiting(cast, start, letters):
    db.session.add(NoticeTarget(site_id=cast.site.id, name="群", url="json://127.0.0.1:9/robot", reasons=[]))
    db.session.commit()
    dispatched(cast, **at_noon(cast))
    start("worker")
    assert eventually(lambda: count(BY_MAIL, SENT) == 1)
    assert eventually(lambda: count(Notice.channel == NoticeChannel.WEBHOOK, Notice.last_error != "") > 0)


def test_two_workers_at_once_tell_and_send_everything_once(cast, app, start, letters):
    crowd_of_directors(cast, 20)
    workers = [start("worker"), start("worker")]
    for _ in range(5):
        do("escalate", registered(cast, by=cast.guard, **at_noon(cast)), cast.agent)
        for _ in range(4):  # without the bell's mercy, so that both have something to do
            app.extensions["queue"].enqueue("worker.tasks.tell")
            app.extensions["queue"].enqueue("worker.tasks.send")
    escalated = Notice.reason == "escalate.to director.director"
    assert eventually(lambda: count(IN_PRODUCT, escalated) == 5 * 21)
    assert eventually(lambda: count(BY_MAIL, Notice.state == NoticeState.WAITING) == 0)
    assert all_told_once()
    assert len(letters.ids) == len(set(letters.ids)) == count(BY_MAIL)
    assert all(worker.poll() is None for worker in workers)
    assert db.session.scalar(select(func.count()).select_from(Event).where(Event.told_at.is_(None))) == 0
