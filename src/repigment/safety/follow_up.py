"""When a patient is seen after a cell product, within which days, and what is looked at."""

import calendar
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from repigment.errors import RepigmentError
from repigment.evidence.tables import rows

EARLIEST, LATEST = date(1990, 1, 1), date(2199, 12, 31)
MOST_SESSIONS = 50
WRITTEN = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
EACH_DOSE = "each dose"


@dataclass(frozen=True, slots=True)
class Look:
    """What is looked at for one harm, why, and at which visits."""

    harm: str
    visits: tuple[str, ...]
    look: str
    why: str
    source: str
    date: str
    identifier: str
    status: str


@dataclass(frozen=True)
class Visit:
    """One visit: its day, its window from `earliest` to `latest`, and what is looked at.

    `dose` is the number of the dose that it is counted from, or 0 if that is the last one given; `note` says what else
    falls on the day.
    """

    name: str
    dose: int
    day: date
    earliest: date
    latest: date
    looks: tuple[Look, ...]
    note: str = ""

    def plain(self) -> dict[str, Any]:
        """As it is printed in JSON."""
        keys = ("harm", "look", "why", "source", "date", "identifier", "status")
        return {
            "visit": self.name,
            "after_dose": self.dose or "last",
            "date": self.day.isoformat(),
            "earliest": self.earliest.isoformat(),
            "latest": self.latest.isoformat(),
            "note": self.note,
            "looks": [{key: getattr(look, key) for key in keys} for look in self.looks],
        }


@cache
def looks() -> tuple[Look, ...]:
    """All harms of evidence/follow_up.csv."""
    return tuple(_look(row) for row in rows("follow_up"))


def _look(row: dict[str, str]) -> Look:
    visits = tuple(row["visits"].split("|"))
    return Look(visits=visits, **{key: text for key, text in row.items() if key != "visits"})


def schedule(first_dose: date, sessions: Sequence[date] = ()) -> tuple[Visit, ...]:
    """All visits of a patient in the order of their days; `sessions` are the doses after the first.

    The visits of the first weeks follow each dose, those of months and years the last one. A month after the 31st ends
    with the month. RepigmentError if a session is not after the first dose, or a date is out of range.

    >>> [f"{visit.name} {visit.day}" for visit in schedule(date(2027, 8, 31))][3:5]
    ['month 3 2027-11-30', 'month 6 2028-02-29']
    """
    doses = _doses(first_dose, sessions)
    found = []
    for row in rows("follow_up_visits"):
        every = row["counted_from"] == EACH_DOSE
        for number, dose in list(enumerate(doses, 1)) if every else [(0, doses[-1])]:
            after = int(row["after"])
            day = dose + timedelta(days=after) if row["unit"] == "days" else months_later(dose, after)
            found.append(_visit(row, number, day, doses))
    return tuple(sorted(found, key=lambda visit: visit.day))


def _visit(row: dict[str, str], number: int, day: date, doses: Sequence[date]) -> Visit:
    note = f"before dose {doses.index(day) + 1}" if day in doses else ""
    early, late = timedelta(days=int(row["early_days"])), timedelta(days=int(row["late_days"]))
    due = tuple(look for look in looks() if row["visit"] in look.visits)
    return Visit(row["visit"], number, day, day - early, day + late, due, note)


def _doses(first_dose: date, sessions: Sequence[date]) -> list[date]:
    """All doses in order."""
    allowed = f"{EARLIEST} to {LATEST}"
    if not EARLIEST <= first_dose <= LATEST:
        raise RepigmentError(f"the first dose is on {first_dose}", where="--first-dose", allowed=allowed)
    for session in sessions:
        if not first_dose < session <= LATEST:
            raise RepigmentError(
                f"a session is on {session}", where="--sessions", allowed=f"after the first dose, {first_dose}"
            )
    if len(sessions) > MOST_SESSIONS:
        raise RepigmentError(f"{len(sessions)} sessions", where="--sessions", allowed=f"at most {MOST_SESSIONS}")
    return [first_dose, *sorted(set(sessions))]


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later, or the last of that month if it is shorter.

    >>> months_later(date(2028, 2, 29), 12)
    datetime.date(2029, 2, 28)
    """
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def date_of(text: str, where: str) -> date:
    """A date written as 2027-01-31; RepigmentError if it is none.

    >>> date_of("2028-02-29", "--first-dose").year
    2028
    """
    try:
        if not WRITTEN.fullmatch(text.strip()):
            raise ValueError
        return date.fromisoformat(text.strip())
    except ValueError:
        raise RepigmentError(
            f"{text[:40]!r} is no date", where=where, allowed="year-month-day, as in 2027-01-31"
        ) from None
