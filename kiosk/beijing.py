"""北京时间: the one time of China, by which offices open, days of visits end and limits run.

The terminal, the platform and the console all go by it, whatever zone their machine is set to.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "CST")


def now() -> datetime:
    """The moment, with its zone."""
    return datetime.now(BEIJING)


def today() -> date:
    """The day in China."""
    return now().date()
