"""Days and moments together: which is earlier, and how many hours lie between."""

from datetime import date, datetime

HOUR = 3600.0


def day(moment: date) -> date:
    """The day of a moment, or the day itself."""
    return moment.date() if isinstance(moment, datetime) else moment


def before(one: date, other: date) -> bool:
    """Whether `one` is earlier; a day and a moment on it are not apart.

    >>> before(date(2024, 1, 31), datetime(2024, 1, 31, 9))
    False
    """
    if isinstance(one, datetime) and isinstance(other, datetime):
        return one < other
    return day(one) < day(other)


def hours(start: date | None, end: date | None) -> float | None:
    """Hours from `start` to `end`; None unless both tell the time of the day.

    >>> hours(datetime(2024, 1, 31, 9), datetime(2024, 1, 31, 10, 30))
    1.5
    """
    if isinstance(start, datetime) and isinstance(end, datetime):
        return (end - start).total_seconds() / HOUR
    return None


def told(moment: date) -> str:
    """A day as 2024-01-31, a moment as 2024-01-31 09:30."""
    return moment.isoformat(" ", "minutes") if isinstance(moment, datetime) else moment.isoformat()
