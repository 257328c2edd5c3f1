"""The scores that a study may ask for."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from repigment.trials.protocol.fields import refusal
from repigment.trials.reading.closest import closest

if TYPE_CHECKING:
    from repigment.trials.analysis.endpoints import Measure


def measures() -> "Mapping[str, Measure]":
    """How each score is made, by its name; looked up late because statistics are slow to import."""
    from repigment.trials.analysis.endpoints import MEASURES

    return MEASURES


def known_score(score: str) -> str:
    """The score if it is one that endpoints can be made of; refused with the nearest name if not.

    >>> known_score("F-VASI75")
    'F-VASI75'
    """
    if score not in measures():
        near = closest(score, measures())
        what = f"the score '{score[:60]}' is not known"
        raise refusal(what, ", ".join(measures()), f"write '{near}'" if near else "")
    return score
