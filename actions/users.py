"""Giving people accounts, and taking them away."""

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select

from actions.administration import note
from actions.overwriting import refuse_unseen
from actions.passwords import choose_password
from actions.unit_of_work import unit_of_work
from domain.accounts import INVITED_FOR, digest_of, refuse_misplaced, refuse_odd_username
from domain.errors import Invalid, NotAllowedNow
from domain.permissions import Role
from domain.wording import N_
from extensions import db, now
from models import Company, Notice, Qualification, User, UserRole
from queries import posts, users
from queries.seen import signs_of

LAST_ADMINISTRATOR = N_("This is the last administrator: make somebody else one first.")


def add(details: Mapping[str, Any], *, by: User | None, company_id: UUID) -> User:
    """A new colleague, who cannot sign in before taking up an invitation.

    `details`: username, name, phone (E.164), email, post (see queries/posts), roles, trades (ids), on_duty.
    Raises Invalid for what cannot be.
    """
    with unit_of_work() as session:
        user = User(company_id=company_id, session_epoch=0, role_rows=[], qualifications=[])
        write(user, details)
        session.add(user)
        session.flush()
        note("user_added", by=by, company_id=company_id, subject=user.name, subject_id=user.id)
    return user


def edit(id: UUID, details: Mapping[str, Any], *, by: User | None, seen: str | None = None) -> User:
    """Change a colleague's account; roles and places count from their next page on.

    Raises Invalid, ChangedMeanwhile.
    """
    with unit_of_work():
        user = users.locked(id)
        refuse_unseen(seen_of(user), seen)
        before = told(user)
        write(user, details)
        after = told(user)
        db.session.flush()
        refuse_without_administrator(user.company_id, "roles")
        changes = {field: (before[field], after[field]) for field in after if before[field] != after[field]}
        if changes:
            note("user_edited", by=by, company_id=user.company_id, subject=user.name, subject_id=id, changes=changes)
    return user


def write(user: User, details: Mapping[str, Any]) -> None:
    """Put what was typed into the row. Raises Invalid."""
    username, roles = details["username"].lower(), frozenset(Role(role) for role in details["roles"])
    refuse_odd_username(username)
    refuse_taken(user, "username", func.lower(User.username) == username)
    if details.get("phone"):
        refuse_taken(user, "phone", User.phone == details["phone"])
    post = posts.of_name(details["post"], user.company_id)
    refuse_misplaced(roles, has_site=post.site_id is not None, has_department=post.department_id is not None)
    user.username, user.name = username, details["name"]
    user.phone, user.email = details.get("phone"), details.get("email")
    user.site_id, user.department_id, user.on_duty = post.site_id, post.department_id, details["on_duty"]
    held = {row.role: row for row in user.role_rows}
    user.role_rows = [held.get(role) or UserRole(role=role) for role in sorted(roles)]
    known = {row.category_id: row for row in user.qualifications}
    trades = posts.trades(details["trades"], user.company_id)
    user.qualifications = [known.get(id) or Qualification(category_id=id) for id in sorted(trades)]


def refuse_taken(user: User, field: str, condition: Any) -> None:
    """Raises Invalid if somebody else has this name or number already."""
    with db.session.no_autoflush:
        owners = db.session.scalars(select(User).where(condition)).all()
        if any(owner.id != user.id for owner in owners):
            raise Invalid(field, N_("Somebody else has this already."))


def seen_of(user: User) -> str:
    """What a form shows of an account: see queries/seen."""
    return signs_of(told(user))


def told(user: User) -> dict[str, Any]:
    """The account in the words of the log."""
    columns = ("username", "name", "phone", "email", "on_duty", "site_id", "department_id")
    return {column: getattr(user, column) for column in columns} | {
        "roles": user.roles,
        "trades": {row.category_id for row in user.qualifications},
    }


def refuse_without_administrator(company_id: UUID, field: str) -> None:
    """Raises Invalid when nobody is left who could let anybody in. Two who remove each other at once wait in line."""
    db.session.scalars(select(Company).where(Company.id == company_id).with_for_update(key_share=True)).one()
    left = (
        select(User.id)
        .join(User.role_rows)
        .where(User.company_id == company_id, User.is_enabled, UserRole.role == Role.ADMINISTRATOR)
    )
    if db.session.scalar(left.limit(1)) is None:
        raise Invalid(field, LAST_ADMINISTRATOR)


def invite(id: UUID, *, by: User | None) -> str:
    """The secret of a new invitation, which stands for seven days and can be taken up once; an older one is over.

    Only its digest is kept. Raises NotAllowedNow for a disabled account.
    """
    secret = secrets.token_urlsafe(32)
    with unit_of_work():
        user = users.locked(id)
        if not user.is_enabled:
            raise NotAllowedNow(N_("This account is disabled: enable it first."))
        user.invitation_digest, user.invited_until = digest_of(secret), now() + INVITED_FOR
        note("user_invited", by=by, company_id=user.company_id, subject=user.name, subject_id=id)
    return secret


def take_up_invitation(secret: str, password: str) -> None:
    """The password chosen by whoever holds the link. Raises NotFound once the link is over, Invalid for easy ones."""
    with unit_of_work():
        user = users.locked(users.of_invitation(secret).id)
        users.of_invitation(secret)  # still so, now that nobody else can take it up
        choose_password(user, password)


def unlock(id: UUID, *, by: User | None) -> None:
    """Let somebody try again who typed too many wrong passwords."""
    with unit_of_work():
        user = users.locked(id)
        user.failed_sign_ins, user.locked_until = 0, None
        note("user_unlocked", by=by, company_id=user.company_id, subject=user.name, subject_id=id)


def enable(id: UUID, *, by: User | None) -> None:
    """Let a disabled colleague in again, with the password they had."""
    with unit_of_work():
        user = users.locked(id)
        user.is_enabled = True
        note("user_enabled", by=by, company_id=user.company_id, subject=user.name, subject_id=id)


def disable(id: UUID, *, by: User | None) -> None:
    """Nobody signs in with this account any more, whoever has is out, and what waits to be sent is not. History stays.

    Raises NotAllowedNow for oneself and for the last administrator.
    """
    if by is not None and by.id == id:
        raise NotAllowedNow(N_("You cannot disable your own account."))
    with unit_of_work():
        user = users.locked(id)
        user.is_enabled, user.session_epoch = False, user.session_epoch + 1
        user.invitation_digest, user.invited_until = None, None
        db.session.flush()
        db.session.execute(delete(Notice).where(Notice.recipient_id == id, Notice.sent_at.is_(None)))
        try:
            refuse_without_administrator(user.company_id, "roles")
        except Invalid as refusal:
            raise NotAllowedNow(refusal.sentence) from refusal
        note("user_disabled", by=by, company_id=user.company_id, subject=user.name, subject_id=id)
