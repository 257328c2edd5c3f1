"""What a lot may be: the limits of `evidence/release.csv`, each with the rules or the product it comes from."""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Literal

EVERY = "all"  # sources


@dataclass(frozen=True, slots=True)
class Limit:
    """One limit on one item. `field` is where a lot tells the item: several, parted by |, of which one will do.

    `how` compares: >=, <=, <, is, between, from (a day), told (whatever it is).
    A `required` item may not be missing once the lot has come to `state`; an `advised` one may, but if it is told it
    must hold. A row with `when` (field=value, or !=) holds only then.
    """

    item: str
    group: str
    field: str
    how: str
    limit: str
    unit: str
    need: Literal["required", "advised"]
    state: str
    when: str
    sources: tuple[str, ...]
    note: str
    source: str
    identifier: str
    status: str

    @property
    def said(self) -> str:
        """The limit as it is printed.

        >>> limits("cord")["viability"].said
        'at least 80 %'
        """
        unit = f" {self.unit}" if self.unit != "-" else ""
        words = {">=": "at least ", "<=": "at most ", "<": "below ", "from": "from ", "is": "", "told": "told"}
        text = {"true": "yes", "false": "no"}.get(self.limit, self.limit)
        return f"{words.get(self.how, '')}{'' if self.how == 'told' else text + unit}"

    @property
    def cited(self) -> str:
        """Whose limit it is, and where that can be read."""
        return " ".join(part for part in (self.source, self.identifier) if part)


@cache
def all_limits() -> tuple[Limit, ...]:
    """Every row of the table of limits, in its order."""
    text = (files("repigment.evidence") / "release.csv").read_text("utf-8")
    return tuple(
        Limit(**{**row, "sources": tuple(row["sources"].split("|"))})  # type: ignore[arg-type]
        for row in csv.DictReader(text.splitlines())
    )


@cache
def limits(source: str) -> dict[str, Limit]:
    """The limits that hold for cells of `source`, by item, in the order of the table."""
    return {limit.item: limit for limit in all_limits() if {EVERY, source} & {*limit.sources}}
