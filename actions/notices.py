"""What people do with notices: read them, and send again what failed."""

from uuid import UUID

from sqlalchemy import update

from actions.unit_of_work import ring, unit_of_work
from extensions import now
from models import Notice, NoticeState, User
from queries import notices


def mark_read(id: UUID, *, by: User) -> Notice:
    """One notice has been read, over whichever channel it came. Raises NotFound for somebody else's."""
    with unit_of_work() as session:
        notice = notices.of_id(id, viewer=by)
        session.execute(
            update(Notice)
            .where(Notice.event_id == notice.event_id, Notice.recipient_id == by.id, Notice.read_at.is_(None))
            .values(read_at=now())
        )
    return notice


def mark_all_read(*, by: User) -> None:
    """Everything told so far has been read."""
    with unit_of_work() as session:
        session.execute(
            update(Notice).where(Notice.recipient_id == by.id, Notice.read_at.is_(None)).values(read_at=now())
        )


def send_again(id: UUID | None, *, by: User) -> None:
    """Begin anew with a notice that failed (None: with all of them) within the administrator's company."""
    with unit_of_work() as session:
        failed = notices.failed_ids(by)
        again = update(Notice).where(Notice.id.in_(failed) if id is None else (Notice.id == id) & Notice.id.in_(failed))
        session.execute(
            again.values(state=NoticeState.WAITING, attempts=0, next_try_at=now()),
            execution_options={"synchronize_session": False},
        )
        ring("send")


def choose_channels(*, by: User, email_notices: bool) -> None:
    """In the product always; by e-mail if the person wants it."""
    with unit_of_work() as session:
        session.execute(update(User).where(User.id == by.id).values(email_notices=email_notices))
