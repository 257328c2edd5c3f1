"""The endpoints by name: which score each is made from, how, and in what unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from math import inf
from types import MappingProxyType
from typing import Literal

from repigment.errors import RepigmentError

RESPONSE_LEVELS = (25, 50, 75, 90, 100)  # per cent improvement; the levels that trials of vitiligo report
RESPONSE = 75  # the F-VASI response whose reaching and losing is timed


@dataclass(frozen=True)
class Measure:
    """How an endpoint is made: from `score`, as `kind`, in `unit`.

    `covariate` is the score whose week 0 adjusts it; `level` is the improvement from baseline (per cent) that
    makes a responder; `least` and `most` are the ends of the scale, beyond which no mean can lie.
    """

    name: str
    kind: Literal["responder", "change", "value", "event"]
    score: str
    unit: str
    covariate: str
    level: float = 0.0
    least: float = -inf
    most: float = inf


def _area_measures(score: str) -> list[Measure]:
    levels = [(f"{score}{level}", level) for level in RESPONSE_LEVELS]
    return [
        Measure(score, "value", score, "VASI points", score, least=0),
        Measure(f"{score} change", "change", score, "%", score, least=-100),
        *[Measure(name, "responder", score, "fraction", score, level, least=0, most=1) for name, level in levels],
    ]


# Scores that are zero in everybody at week 0 cannot adjust for themselves: the face borrows F-VASI, the body
# T-VASI.
_LIST = [
    *_area_measures("F-VASI"),
    *_area_measures("T-VASI"),
    Measure("repigmentation", "value", "repigmentation", "%", "F-VASI", least=0, most=100),
    Measure("spread", "value", "spread", "hand units", "T-VASI", least=0),
    Measure("injection-site burden", "value", "injection-site burden", "score-days", "T-VASI", least=0),
    Measure("irritation burden", "value", "irritation burden", "score-days", "T-VASI", least=0),
    Measure("UVB dose", "value", "UVB dose", "J/cm2", "T-VASI", least=0),
    Measure("time to repigmentation", "event", "F-VASI", "fraction", "F-VASI", RESPONSE, 0, 1),
    Measure("time to relapse", "event", "F-VASI", "fraction", "F-VASI", RESPONSE, 0, 1),
]

MEASURES: Mapping[str, Measure] = MappingProxyType({entry.name: entry for entry in _LIST})


def measure(name: str) -> Measure:
    """The endpoint called `name`; RepigmentError with the nearest name if there is none.

    >>> found = measure("F-VASI75")
    >>> found.score, found.kind, found.level, found.unit
    ('F-VASI', 'responder', 75, 'fraction')
    """
    if name in MEASURES:
        return MEASURES[name]
    near = get_close_matches(name, MEASURES, n=1)
    raise RepigmentError(
        f"the endpoint '{name}' is not known",
        where="endpoints",
        allowed=", ".join(MEASURES),
        remedy=f"write '{near[0]}'" if near else "",
    )
