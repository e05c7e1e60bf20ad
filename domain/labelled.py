"""Enumerations whose members carry the words a person reads."""

from enum import StrEnum


class Labelled(StrEnum):
    """A text value with a label: `NEW = "new", N_("New")`. The label is an English source string."""

    label: str

    def __new__(cls, value: str, label: str = ""):
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member
