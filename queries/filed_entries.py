"""Looking at the file of a phone's outbox: whose it is, and what of it is known here already."""

from sqlalchemy import select

from domain.errors import Invalid
from domain.labelled import Labelled
from domain.outbox_file import FiledEntry, OutboxFile
from domain.wording import N_
from extensions import db
from models import EntryVerdict, Event, Receipt, User
from queries import reach
from queries.users import ALL_A_PAGE_ASKS


class Standing(Labelled):
    """What is known of an entry in a file."""

    NEW = "new", N_("Not known here yet")
    DELIVERED = "delivered", N_("Already delivered")
    REFUSED = "refused", N_("Delivered, and not accepted")
    BROUGHT = "brought", N_("Already brought in a file")
    WITHDRAWN = "withdrawn", N_("Discarded on the phone")


OF_VERDICT = {
    EntryVerdict.APPLIED: Standing.DELIVERED,
    EntryVerdict.REFUSED: Standing.REFUSED,
    EntryVerdict.BROUGHT: Standing.BROUGHT,
    EntryVerdict.WITHDRAWN: Standing.WITHDRAWN,
}


def person_of(file: OutboxFile, *, viewer: User) -> User:
    """Whose outbox it is, with what decides how far they reach. Raises Invalid("file") for none of one's people."""
    asked = select(User).where(User.id == file.person_id, reach.of_people(viewer)).options(*ALL_A_PAGE_ASKS)
    person = db.session.scalars(asked).unique().one_or_none()
    if person is None:
        raise Invalid("file", N_("This file is of somebody who is not one of your people."))
    return person


def standings(file: OutboxFile, person: User) -> list[tuple[FiledEntry, Standing]]:
    """Every entry with what is known of it. Raises Invalid("file") when one carries the number of somebody else's."""
    ids = [entry.id for entry in file.entries]
    receipts = {receipt.id: receipt for receipt in db.session.scalars(select(Receipt).where(Receipt.id.in_(ids)))}
    events = db.session.execute(select(Event.id, Event.actor_id).where(Event.id.in_(ids)))
    actors = {event.id: event.actor_id for event in events}
    owners = actors | {receipt.id: receipt.user_id for receipt in receipts.values()}
    if set(owners.values()) - {person.id}:
        raise Invalid("file", N_("The file is damaged: an entry in it carries the number of somebody else's."))
    return [(entry, standing(receipts.get(entry.id), is_event=entry.id in actors)) for entry in file.entries]


def standing(receipt: Receipt | None, *, is_event: bool) -> Standing:
    """What a receipt, or an event without one, says."""
    if receipt is None:
        return Standing.DELIVERED if is_event else Standing.NEW
    return OF_VERDICT[receipt.verdict]
