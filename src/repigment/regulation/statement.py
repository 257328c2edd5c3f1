"""One statement on what is allowed where: in our own words, with its source, its date and how it is known."""

from dataclasses import dataclass
from functools import cache

from repigment.errors import RepigmentError
from repigment.evidence.tables import rows

COUNTRIES = {"TH": "Thailand", "EU": "the European Union", "US": "the United States"}
KINDS = {  # how a treatment stands, from the best known to the worst
    "registered": "registered for this use",
    "practice": "allowed as practice",
    "unknown": "unknown",
    "trial": "only inside an approved trial",
    "refused": "not accepted",
}
STATUSES = {
    "verified": "read in the source named, or in a copy of its words",
    "secondary": "read in a report of it (a newspaper, a trade page, a paper), not in the text itself",
    "recalled": "from memory; to be checked before anybody relies on it",
    "unknown": "nothing was seen",
}
ANYTHING = "*"  # a subject: whatever no other statement speaks of


@dataclass(frozen=True, slots=True)
class Statement:
    """What a text says of a subject in some countries; empty routes and conditions stand for all of them.

    `standing` is one of `KINDS`, or empty where the statement explains and decides nothing. `checked` is the day on
    which the source was looked for.
    """

    countries: tuple[str, ...]
    subjects: tuple[str, ...]
    route: str
    conditions: tuple[str, ...]
    standing: str
    statement: str
    source: str
    date: str
    identifier: str
    status: str
    checked: str

    def speaks_of(self, country: str, subject: str, route: str, condition: str) -> bool:
        """Whether it holds for this subject there; a statement on certain conditions needs one of them."""
        return (
            country in self.countries
            and subject in self.subjects
            and self.route in ("", route)
            and (not self.conditions or condition in self.conditions)
        )

    @property
    def precision(self) -> int:
        """How closely it is aimed: a condition counts more than a route."""
        return 2 * bool(self.conditions) + bool(self.route)


@cache
def statements() -> tuple[Statement, ...]:
    """All statements of evidence/regulation.csv.

    >>> {each.status for each in statements()} == set(STATUSES)
    True
    """
    return tuple(_read(row) for row in rows("regulation"))


def _read(row: dict[str, str]) -> Statement:
    countries, subjects, conditions = (_parts(row[key]) for key in ("countries", "subjects", "conditions"))
    rest = {key: text for key, text in row.items() if key not in ("countries", "subjects", "conditions")}
    return Statement(countries=countries, subjects=subjects, conditions=conditions, **rest)


def _parts(cell: str) -> tuple[str, ...]:
    return tuple(part for part in cell.split("|") if part)


def country_of(given: str) -> str:
    """The code of a country whatever its case; RepigmentError if nothing is kept on it.

    >>> country_of("th")
    'TH'
    """
    code = given.strip().upper()
    if code not in COUNTRIES:
        raise RepigmentError(
            f"there are no statements on the country {given[:40]!r}", where="--country", allowed=", ".join(COUNTRIES)
        )
    return code
