"""The rules of an account: when it locks, how long an invitation stands, which passwords are too easy."""

import re
from collections.abc import Set
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Protocol

from domain.errors import Invalid, Refused
from domain.labelled import Labelled
from domain.permissions import COMPANY_WIDE, GRANTS, Permission, Role
from domain.wording import N_

WRONG_PASSWORDS = 8  # in a row, then the account is locked
LOCKED_FOR = timedelta(minutes=15)
INVITED_FOR = timedelta(days=7)
SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 200
USERNAME = re.compile(r"[a-z][a-z0-9._-]{1,39}")  # a letter first: never taken for a telephone number

# What is tried first everywhere; eight characters or more, since shorter ones are refused anyway.
COMMON_PASSWORDS = frozenset(
    {
        *("12345678", "123456789", "1234567890", "0123456789", "87654321", "987654321", "12344321", "123123123"),
        *("11223344", "12341234", "147258369", "5201314520", "password", "password1", "password123", "passw0rd"),
        *("qwertyui", "qwertyuiop", "asdfghjk", "asdfghjkl", "1q2w3e4r", "1qaz2wsx", "q1w2e3r4", "zxcvbnm123"),
        *("abcd1234", "abc12345", "abc123456", "a1234567", "a12345678", "a123456789", "aa123456", "aa12345678"),
        *("qq123456", "qwer1234", "asdf1234", "admin123", "admin1234", "admin123456", "iloveyou", "woaini1314"),
        *("woaini520", "wuye1234", "yingda123"),
    }
)


class AccountStatus(Labelled):
    """What an account is good for at the moment."""

    READY = "ready", N_("Enabled")
    INVITED = "invited", N_("No password yet")
    LOCKED = "locked", N_("Locked")
    DISABLED = "disabled", N_("Disabled")


class AccountLocked(Refused):
    """Too many wrong passwords in a row. Values: `minutes` until it opens again."""

    sentence = N_(
        "Too many wrong passwords: this account is locked for another %(minutes)d minutes. "
        "Your administrator can unlock it at once."
    )


INVITATION_OVER = N_(
    "This invitation has been used or has run out. Ask your administrator for a new one; "
    "if you have already chosen a password, sign in with it."
)


def refuse_easy(password: str, username: str) -> None:
    """Raises Invalid for a password that is too short, too common, one sign repeated, or the user name."""
    if len(password) < SHORTEST_PASSWORD:
        raise Invalid("password", N_("At least %(min)d characters, please."), min=SHORTEST_PASSWORD)
    if password.casefold() == username.casefold():
        raise Invalid("password", N_("The password must not be the user name."))
    if password.casefold() in COMMON_PASSWORDS or len(set(password)) == 1:
        raise Invalid("password", N_("Too many people use this password. Choose another one."))


def refuse_odd_username(username: str) -> None:
    """Raises Invalid for a user name that is hard to type or could be a telephone number."""
    if not USERNAME.fullmatch(username):
        raise Invalid("username", N_("2 to 40 plain letters, digits, dots or dashes, beginning with a letter."))


def refuse_misplaced(roles: Set[Role], *, has_site: bool, has_department: bool) -> None:
    """Raises Invalid for roles that mean nothing at this place: an agent serves a site, a technician a department."""
    if not roles:
        raise Invalid("roles", N_("Please choose at least one role."))
    if not has_site and roles - COMPANY_WIDE - {Role.ADMINISTRATOR}:
        raise Invalid("post", N_("These roles belong to a site: choose a site or one of its departments."))
    if not has_department and any(Permission.WORK in GRANTS[role] for role in roles):
        raise Invalid("post", N_("Whoever does jobs belongs to a department: choose one."))


def digest_of(secret: str) -> str:
    """What is kept of an invitation's secret: enough to know it again, not enough to use it."""
    return sha256(secret.encode()).hexdigest()


class Account(Protocol):
    """What of a user decides its status."""

    is_enabled: Any
    locked_until: Any
    password_hash: Any


def status_of(account: Account, now: datetime) -> AccountStatus:
    """The status of an account at this moment (aware)."""
    if not account.is_enabled:
        return AccountStatus.DISABLED
    if account.locked_until and account.locked_until > now:
        return AccountStatus.LOCKED
    return AccountStatus.READY if account.password_hash else AccountStatus.INVITED


# What the log of the administration calls each action.
ENTRIES = {
    "user_added": N_("Account added"),
    "user_edited": N_("Account changed"),
    "user_invited": N_("Invitation made"),
    "user_unlocked": N_("Account unlocked"),
    "user_enabled": N_("Account enabled"),
    "user_disabled": N_("Account disabled"),
    "standard_set": N_("Service standard changed"),
    "week_set": N_("Working hours changed"),
    "days_imported": N_("Holidays imported"),
    "day_set": N_("Special day set"),
    "day_removed": N_("Special day removed"),
    "category_added": N_("Category added"),
    "category_edited": N_("Category changed"),
    "department_added": N_("Department added"),
    "department_edited": N_("Department changed"),
    "building_added": N_("Building added"),
    "building_edited": N_("Building changed"),
    "resident_added": N_("Resident added"),
    "resident_edited": N_("Resident changed"),
    "moved_out": N_("Moved out"),
    "unit_edited": N_("Unit changed"),
    "residents_imported": N_("Units and residents imported"),
}
