"""A day here is a day on the site's wall clock."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DEFAULT_ZONE = "Asia/Shanghai"


def span_of(day: date, zone: str = DEFAULT_ZONE) -> tuple[datetime, datetime]:
    """The first moment (UTC) of the local day, and the first moment after it."""
    first, after = (
        datetime.combine(d, time.min, ZoneInfo(zone)).astimezone(UTC) for d in (day, day + timedelta(days=1))
    )
    return first, after


def local_day(moment: datetime, zone: str = DEFAULT_ZONE) -> date:
    """The date the site's wall clock shows at this moment."""
    return moment.astimezone(ZoneInfo(zone)).date()


EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # where a phone begins to count whose battery was empty


def moment_of(text: str | None) -> datetime | None:
    """The moment (UTC) that ISO's form with a zone says; None for anything else, other centuries included."""
    try:
        moment = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment.tzinfo and EPOCH <= moment < LATEST else None


def by_our_clock(happened_at: datetime | None, sent_at: datetime | None, received_at: datetime) -> datetime | None:
    """The moment something happened, corrected for a sender whose clock is wrong: as long before it reached us as it
    was before it was sent, and never after `received_at`. Where the sender does not say when it sent, its word stands.
    """
    if happened_at is None or sent_at is None:
        return happened_at
    return received_at - max(sent_at - happened_at, timedelta(0))
