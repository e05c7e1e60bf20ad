"""When a phone is a worry to those who lead the people who carry it."""

from datetime import timedelta
from enum import IntEnum

SILENT_AFTER = timedelta(hours=4)  # in a shift a phone meets a signal more often than that
LOSS_REMEMBERED = timedelta(days=7)  # long enough for somebody to ask what was lost
FORGOTTEN_AFTER = timedelta(days=90)  # a phone that owes nothing and did not come back is no longer listed


class Worry(IntEnum):
    """The worst that can be said of a phone; the higher, the sooner somebody should call."""

    NONE = 0
    REFUSED = 1  # an entry was not accepted, and its writer has not decided what becomes of it
    SILENT = 2  # entries wait on it and nothing was heard of it for SILENT_AFTER
    LOST = 3  # its storage was emptied within LOSS_REMEMBERED: entries may have been lost
    STUCK = 4  # entries are refused by no verdict and delivered by no attempt
