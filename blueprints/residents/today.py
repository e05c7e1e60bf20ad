"""The date where somebody lives."""

from datetime import UTC, date, datetime
from typing import Any

from domain.days import local_day


def today_at(site: Any) -> date:
    """The date on this site's wall clock."""
    return local_day(datetime.now(UTC), site.zone)
