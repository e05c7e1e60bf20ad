"""Telephone numbers as people type them, and the one form in which they can be found again."""

import re
import unicodedata

import phonenumbers
from phonenumbers import PhoneNumberFormat

HOME = "CN"  # where a number without a country is
_EXTENSION = re.compile(r"(?:转|分机|,|#)\s*(?=\d{1,6}$)")
LONGEST = 40  # as the column


def normalised(typed: str) -> str:
    """E.164 with its extension, as in `+8675526000000;ext=801`; what is no valid number stays as typed, tidied."""
    return whole_number(typed) or tidied(typed)[:LONGEST]


def whole_number(typed: str) -> str:
    """The number as E.164 once all of it has been typed, else nothing."""
    try:
        number = phonenumbers.parse(_EXTENSION.sub(" ext. ", tidied(typed)), HOME)
    except phonenumbers.NumberParseException:
        return ""
    if not phonenumbers.is_valid_number(number):
        return ""
    plain = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return f"{plain};ext={number.extension}" if number.extension else plain


def tidied(typed: str) -> str:
    """Full-width digits as the ones that are stored, and one space at most."""
    return " ".join(unicodedata.normalize("NFKC", typed).split())


def has_digits(typed: str) -> bool:
    """Whether this could be a number at all; a name typed into the same box is not."""
    return sum(letter.isdigit() for letter in typed) >= 3
