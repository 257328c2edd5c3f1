"""Cord, marrow and fat side by side, with what was reported of each; where reports conflict, both are told."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from repigment.cells.sources import SOURCES, Source
from repigment.evidence.parameters import Parameter, parameter

BARRED, MEASURED = "barred", "measured"


@dataclass(frozen=True, slots=True)
class Report:
    """What one study says of one property of cells of one source or several; a number with its spread there, or words.

    `status`: measured (read in the study), secondary (read in another's table), recalled (not found again) or barred.
    """

    about: str
    sources: tuple[str, ...]
    value: float | None
    low: float | None
    high: float | None
    unit: str
    says: str
    conflict: bool
    study: str
    identifier: str
    status: str

    @property
    def cited(self) -> str:
        """The study and where it can be read, with a mark if it was not read there."""
        mark = "" if self.status == MEASURED else f"[{self.status}]"
        return " ".join(part for part in (self.study, self.identifier, mark) if part)


@cache
def _rows() -> tuple[Report, ...]:
    text = (files("repigment.evidence") / "cell_sources.csv").read_text("utf-8")
    return tuple(
        Report(
            about=row["property"],
            sources=tuple(row["sources"].split("|")),
            value=_number(row["value"]),
            low=_number(row["low"]),
            high=_number(row["high"]),
            unit=row["unit"],
            says=row["says"],
            conflict=row["conflict"] == "yes",
            study=row["study"],
            identifier=row["identifier"],
            status=row["status"],
        )
        for row in csv.DictReader(text.splitlines())
    )


def _number(text: str) -> float | None:
    return float(text) if text else None


def reports(about: str | None = None) -> list[Report]:
    """Reports on one property, or on all; never those that are barred."""
    return [row for row in _rows() if row.status != BARRED and about in (None, row.about)]


def barred() -> list[Report]:
    """Reports that must not be used, with the reason.

    >>> [report.identifier for report in barred()]
    ['10.1155/2013/438243']
    """
    return [row for row in _rows() if row.status == BARRED]


def properties() -> list[str]:
    """What is compared, in the order of the table."""
    return list(dict.fromkeys(row.about for row in reports()))


def spread(about: str, source: str) -> tuple[float, float, str] | None:
    """Lowest and highest value of the reports on `source`, with the unit; None where nobody gave a number.

    The spread within a report (mean and SD, say) is no report of its own and does not widen it.

    >>> spread("doubling time", "fat")
    (45.2, 402.3, 'h')
    """
    found = [(row.value, row.unit) for row in reports(about) if source in row.sources and row.value is not None]
    if not found:
        return None
    values = [value for value, _ in found]
    return min(values), max(values), found[0][1]


def conflicts() -> dict[str, list[Report]]:
    """Reports that contradict one another, by property."""
    return {name: found for name in properties() if (found := [row for row in reports(name) if row.conflict])}


def fold(source: Source) -> Parameter:
    """How strongly cells of `source` suppress T cells against cord cells: median 1, a range that holds all reports."""
    return parameter(f"source_potency.{source}")


def folds() -> dict[str, Parameter]:
    """The fold of every source."""
    return {source: fold(source) for source in SOURCES}
