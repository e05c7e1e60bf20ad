"""Removing the demo estate: its sign-ins, and everything of its company."""

from collections.abc import Callable, Mapping
from uuid import UUID

from sqlalchemy import Column, ColumnElement, Table, delete, func, or_, select

from actions.unit_of_work import unit_of_work
from extensions import attachment_store, db
from models import Attachment, Company, User
from queries.attachments import small_name

Belonging = Mapping[Table, ColumnElement[bool]]


def demo_companies() -> list[Company]:
    """The companies that have demo sign-ins."""
    return list(db.session.scalars(select(Company).where(Company.id.in_(select(User.company_id).where(User.is_demo)))))


def contents(company_id: UUID) -> dict[str, int]:
    """How many rows of each table belong to the company, by table name; empty tables are left out."""
    counted = {
        table.name: db.session.scalar(select(func.count()).select_from(table).where(condition))
        for table, condition in belonging(company_id).items()
    }
    return {name: count for name, count in counted.items() if count}


def remove(company_id: UUID, progress: Callable[[str], None] = lambda table: None) -> None:
    """Remove the company and all that belongs to it, rows and photos. `progress` is told each table before its turn.

    Accounts that were added to the company later go with it: nothing of a company can stand without it.
    """
    with unit_of_work() as session:
        photos = set(session.scalars(select(Attachment.sha256).where(belonging(company_id)[Attachment.__table__])))
        for table, condition in belonging(company_id).items():
            progress(table.name)
            session.execute(delete(table).where(condition))
        session.expunge_all()
        shared = set(session.scalars(select(Attachment.sha256).where(Attachment.sha256.in_(photos))))
    for digest in photos - shared:
        attachment_store().forget(digest)
        attachment_store().forget(small_name(digest))


def belonging(company_id: UUID) -> Belonging:
    """For each table the condition under which a row is the company's; a table before those its rows refer to.

    A row is the company's by its own company or site, or because it refers to a row that is.
    """
    conditions: dict[Table, ColumnElement[bool]] = {db.metadata.tables["company"]: Company.id == company_id}
    for table in db.metadata.sorted_tables:
        if ties := [tie for tie in ties_of(table) if tie[1] in conditions]:
            conditions[table] = or_(
                *(column.in_(select(owner.c.id).where(conditions[owner])) for column, owner in ties)
            )
    return dict(reversed(conditions.items()))


def ties_of(table: Table) -> list[tuple[Column[UUID], Table]]:
    """The columns that say whose a row is, with the table each refers to."""
    for name in ("company_id", "site_id"):
        if name in table.c:
            return [(table.c[name], db.metadata.tables[name.removesuffix("_id")])]
    return [(c, key.column.table) for c in table.c for key in c.foreign_keys if key.column.table is not table]
