"""What a person reads of what they were told."""

from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import func, select, update

from actions import telling
from extensions import db, now
from models import Notice, NoticeChannel, NoticeState, NoticeTarget, User
from tests.factories import dispatched, do, registered


@pytest.fixture
def told(cast):
    """The guard handed a leak over, it was dispatched, and everybody was told."""
    service_request, job = dispatched(cast, by=cast.guard)
    telling.tell(by_email=True)
    return service_request, job


def one_of(person, channel=NoticeChannel.PRODUCT):
    return db.session.scalars(select(Notice).where(Notice.recipient_id == person.id, Notice.channel == channel)).first()


def page(response):
    assert response.status_code == 200
    return BeautifulSoup(response.text, "html.parser")


def test_the_bell_counts_what_is_unread_and_the_page_shows_it_first(cast, client_for, told):
    registered(cast, by=cast.guard)
    telling.tell(by_email=False)
    shown = page(client_for(cast.agent).get("/notices"))
    assert shown.select_one("#bell .count").text == "1"
    assert len(shown.select(".notice[data-unread]")) == 1


def test_opening_a_notice_marks_it_read_and_goes_to_its_request(cast, client_for, told):
    service_request, job = told
    director = client_for(cast.technician)
    response = director.get(f"/notices/{one_of(cast.technician).id}")
    assert response.status_code == 302
    assert response.location == f"/phone/jobs/{job.id}"
    assert one_of(cast.technician).read_at is not None
    head = client_for(cast.head).get(f"/notices/{one_of(cast.head).id}")
    assert head.location == f"/service-requests/{service_request.id}"


def test_a_link_in_an_e_mail_marks_the_notice_in_the_product_read_too(cast, client_for, told):
    client_for(cast.technician).get(f"/notices/{one_of(cast.technician, NoticeChannel.EMAIL).id}")
    assert one_of(cast.technician).read_at is not None


def test_nobody_opens_or_reads_somebody_elses_notice(cast, client_for, told):
    notice = one_of(cast.technician)
    other = client_for(cast.agent2)
    assert other.get(f"/notices/{notice.id}").status_code == 404
    assert other.post(f"/notices/{notice.id}/read").status_code == 404
    assert one_of(cast.technician).read_at is None


def test_one_or_all_are_marked_read(cast, client_for, told):
    guard = client_for(cast.guard)
    assert guard.post(f"/notices/{one_of(cast.guard).id}/read").status_code == 303
    assert one_of(cast.guard).read_at is not None
    head = client_for(cast.head)
    assert head.post("/notices/read").status_code == 303
    assert not page(head.get("/notices")).select(".notice[data-unread]")


def test_the_bell_is_only_sent_when_it_shows_another_number(cast, client_for, told):
    technician = client_for(cast.technician)
    assert technician.get("/notices/bell?shown=1").status_code == 204
    assert "1" in page(technician.get("/notices/bell?shown=0")).select_one("#bell .count").text


def test_who_lost_a_job_reads_that_and_no_more(cast, client_for, told):
    _, job = told
    do("assign", job, cast.head, holder_id=str(cast.technician2.id))
    telling.tell(by_email=False)
    former = client_for(cast.technician)
    notice = db.session.scalars(select(Notice).where(Notice.reason == "assign.former_holder")).first()
    assert former.get(f"/notices/{notice.id}").location == "/notices"
    shown = page(former.get("/notices")).select_one(f"#notice-{notice.id}")
    assert shown.select_one("a") is None
    assert "漏水" not in shown.text


def test_the_list_costs_the_same_with_one_notice_and_with_thirty(cast, client_for, told, queries_run):
    head = client_for(cast.head)
    queries_run.clear()
    page(head.get("/notices"))
    with_one = len(queries_run)
    for _ in range(30):
        dispatched(cast)
    telling.tell(by_email=False)
    queries_run.clear()
    assert len(page(head.get("/notices")).select(".notice")) == 31
    assert len(queries_run) == with_one <= 5


def test_older_ones_are_a_page_away(cast, client_for):
    for _ in range(60):
        registered(cast, by=cast.guard)
    telling.tell(by_email=False)
    db.session.execute(update(Notice).values(read_at=now()))
    db.session.commit()
    agent = client_for(cast.agent)
    first = page(agent.get("/notices"))
    assert len(first.select(".notice")) == 50
    second = page(agent.get(first.select_one("a[rel=next]")["href"]))
    assert len(second.select(".notice")) == 10
    assert page(agent.get("/notices?before=rubbish"))


def test_e_mail_is_a_persons_own_choice(cast, client_for):
    client_for(cast.agent).post("/notices/settings", data={})
    assert db.session.get(User, cast.agent.id).email_notices is False
    client_for(cast.agent).post("/notices/settings", data={"email_notices": "y"})
    db.session.expire_all()
    assert db.session.get(User, cast.agent.id).email_notices is True


@pytest.fixture
def given_up(told):
    db.session.execute(
        update(Notice)
        .where(Notice.channel == NoticeChannel.EMAIL)
        .values(state=NoticeState.FAILED, attempts=8, last_error="550 no such mailbox")
    )
    db.session.commit()


def test_the_administrator_sees_what_failed_and_sends_it_again(cast, client_for, given_up, app):
    administrator = client_for(cast.administrator)
    assert "550 no such mailbox" in page(administrator.get("/notices/failed")).text
    notice = one_of(cast.technician, NoticeChannel.EMAIL)
    app.extensions["redis"].flushdb()
    assert administrator.post(f"/notices/{notice.id}/send-again").status_code == 303
    db.session.expire_all()
    notice = one_of(cast.technician, NoticeChannel.EMAIL)
    assert (notice.state, notice.attempts) == (NoticeState.WAITING, 0)
    assert app.extensions["queue"].count == 1
    assert "550 no such mailbox" not in page(administrator.get("/notices/failed")).text


def test_all_that_failed_is_sent_again_at_once_but_what_was_sent_is_not(cast, client_for, given_up):
    client_for(cast.administrator).post("/notices/failed/send-again")
    states = db.session.execute(select(Notice.channel, Notice.state).distinct()).all()
    assert set(states) == {
        (NoticeChannel.PRODUCT, NoticeState.SENT),
        (NoticeChannel.EMAIL, NoticeState.WAITING),
    }


def test_nobody_but_an_administrator_sees_what_failed(cast, client_for, given_up):
    for path in ("/notices/failed", "/notices/robots"):
        assert client_for(cast.director).get(path).status_code == 403


def test_a_robot_is_added_and_removed_and_its_address_is_never_shown(cast, client_for):
    administrator = client_for(cast.administrator)
    typed = {"site_id": str(cast.site.id), "name": "客服群", "url": "wecombot://secret-key"}
    assert administrator.post("/notices/robots", data=typed).status_code == 303
    shown = administrator.get("/notices/robots").text
    assert "客服群" in shown
    assert "secret-key" not in shown
    robot = db.session.scalars(select(NoticeTarget)).one()
    assert administrator.post(f"/notices/robots/{robot.id}/remove").status_code == 303
    assert db.session.scalars(select(NoticeTarget)).all() == []


def test_removing_a_robot_that_is_gone_takes_no_letter_of_anybody_with_it(cast, client_for):
    do("escalate", registered(cast), cast.agent, words="再不来就投诉")
    telling.tell(by_email=True)
    letters = select(func.count()).where(Notice.channel == NoticeChannel.EMAIL)
    waiting = db.session.scalar(letters)
    assert waiting > 0
    assert client_for(cast.administrator).post(f"/notices/robots/{uuid4()}/remove").status_code == 404
    assert db.session.scalar(letters) == waiting


@pytest.mark.parametrize("url", ["", "file:///etc/passwd", "wecombot://", "http://x", "wecombot://a b", "x" * 5000])
def test_a_robots_address_that_no_service_has_is_refused(cast, client_for, url):
    typed = {"site_id": str(cast.site.id), "name": "客服群", "url": url}
    assert client_for(cast.administrator).post("/notices/robots", data=typed).status_code == 422
    assert db.session.scalars(select(NoticeTarget)).all() == []


def test_more_than_ninety_nine_are_not_counted(cast, client_for):
    service_request, _ = dispatched(cast)
    for _ in range(120):
        do("chase", service_request, cast.agent2, words="催")
    telling.tell(by_email=False)
    assert ">99+<" in client_for(cast.technician).get("/notices/bell").text
