"""What the article claims, in short words of our own, and what is known of each claim."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from repigment.errors import RepigmentError
from repigment.evidence.tables import rows

GRADES = ("strong human", "weak human", "in vitro", "none", "contradicted")
PARTS = {  # of the article, in the order of the page
    "cells": "What the cells are",
    "mechanisms": "What they do in the skin",
    "conditions": "Which conditions they treat",
    "results": "What the patient gets",
    "regulation": "Where it is done",
}


@dataclass(frozen=True)
class Reference:
    """What a grade rests on: `name` says what it is, `identifier` is its DOI, PMID or number, empty if it has none."""

    name: str
    identifier: str


@dataclass(frozen=True)
class Claim:
    """One claim: its grade of evidence, the mechanism and outcome that it is about, and what running it means.

    `run` says what is played; where the model cannot speak to the claim it is empty and `cannot` says why.
    """

    number: int
    part: str
    words: str
    grade: str
    references: tuple[Reference, ...]
    comment: str
    mechanism: str
    outcome: str
    run: str
    cannot: str

    @property
    def can_be_run(self) -> bool:
        """Whether the model can speak to it."""
        return not self.cannot


@cache
def claims() -> tuple[Claim, ...]:
    """All claims in the article's order.

    >>> len(claims()), claims()[0].grade
    (31, 'weak human')
    """
    return tuple(_read(row) for row in rows("claims"))


def _read(row: dict[str, str]) -> Claim:
    names, identifiers = row["reference"].split("; "), row["identifier"].split("; ")
    references = tuple(
        Reference(name, "" if identifier == "-" else identifier)
        for name, identifier in zip(names, identifiers, strict=True)
    )
    told = {key: row[key] for key in ("part", "words", "grade", "comment", "mechanism", "outcome", "run", "cannot")}
    return Claim(number=int(row["number"]), references=references, **told)


def claim(number: int) -> Claim:
    """The claim of that number; RepigmentError if there is none.

    >>> claim(14).mechanism
    'support, immune, inflammation, signals'
    """
    known = claims()
    if not 1 <= number <= len(known):
        raise RepigmentError(
            f"there is no claim {number}",
            where="claims",
            allowed=f"1 to {len(known)}",
            remedy="`repigment claims` lists them",
        )
    return known[number - 1]


def chosen(numbers: Iterable[int]) -> tuple[Claim, ...]:
    """The claims of these numbers, each once and in order; all if there is no number."""
    wanted = sorted({claim(number).number for number in numbers})
    return tuple(claim(number) for number in wanted) or claims()
