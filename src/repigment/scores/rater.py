"""How a person who rates differs from what is there: live or on photographs, as far apart as published raters are."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from repigment.evidence.parameters import value

Mode = Literal["live", "photograph", "none"]


@dataclass(frozen=True)
class Rater:
    """Errors of one rater on one patient: a fold on area per week, and an error of each graded share."""

    fold: NDArray[np.float64]  # (weeks,)
    grade: NDArray[np.float64]  # (regions, lesions, weeks), shares


@dataclass(frozen=True)
class Strictness:
    """Errors (weeks,) of one rater on the dark skin of one patient, in ln."""

    area: NDArray[np.float64]  # of the odds of the involved share
    darkness: NDArray[np.float64]
    density: NDArray[np.float64]  # of the odds


def between_raters(icc: float, spread: float) -> float:
    """SD of a rater's error where patients differ by an SD of `spread`: spread sqrt((1 - ICC) / ICC), in its unit.

    >>> between_raters(0.5, 0.6)
    0.6
    """
    return spread * float(np.sqrt((1 - icc) / icc))


def error_spread(mode: Mode) -> float:
    """SD of a rater's error of ln VASI; 0 for mode none.

    >>> round(error_spread("live"), 3)
    0.236
    """
    return 0.0 if mode == "none" else between_raters(value(f"icc_{mode}"), value("vasi_spread"))


def rate(
    mode: Mode, regions: int, lesions: int, weeks: int, rng: np.random.Generator, person: np.random.Generator
) -> Rater:
    """A rater's errors over `weeks` weeks; the lasting share of their variance is the `person`'s at every visit."""
    lasting, spread = value("rater_lasting"), error_spread(mode)
    areas, shares = rng.spawn(2)  # week by week, so that a longer trial begins with the same errors
    once, each = person.standard_normal(), areas.standard_normal(weeks)
    noise = np.moveaxis(shares.standard_normal((weeks, regions, lesions)), 0, -1)
    fold = np.exp(spread * (np.sqrt(lasting) * once + np.sqrt(1 - lasting) * each))
    return Rater(fold, noise * (value("rater_grade") if spread else 0.0))


def strictness(mode: Mode, weeks: int, rng: np.random.Generator, person: np.random.Generator) -> Strictness:
    """How strictly one rater grades one patient's dark skin over `weeks` weeks; all 0 for mode none."""
    spread = 0.0 if mode == "none" else value(f"rater_masi_{mode}")
    area, darkness, density = (_errors(spread, weeks, rng, person) for _ in range(3))
    return Strictness(area, value("rater_darkness") * darkness, density)


def miscount(mode: Mode, weeks: int, rng: np.random.Generator, person: np.random.Generator) -> NDArray[np.float64]:
    """Fold (weeks,) by which a rater's count of spots is off, 1 on average; 1 for mode none."""
    spread = 0.0 if mode == "none" else between_raters(value("icc_spots"), value("spots_spread"))
    return np.exp(_errors(spread, weeks, rng, person) - spread**2 / 2)


def bent(share: NDArray[np.float64], error: NDArray[np.float64]) -> NDArray[np.float64]:
    """A share (0..1) with its odds multiplied by exp(error); 0 and 1 stay.

    >>> bent(np.array([0.0, 0.5, 1.0]), np.log(np.array([3.0]))).round(9).tolist()
    [0.0, 0.75, 1.0]
    """
    odds = np.clip(share, 0, 1) * np.exp(error)
    return odds / (1 - np.clip(share, 0, 1) + odds)


def _errors(spread: float, weeks: int, rng: np.random.Generator, person: np.random.Generator) -> NDArray[np.float64]:
    """Normal errors (weeks,) of SD `spread`; the lasting share of their variance is the person's at every visit."""
    lasting = value("rater_lasting")
    (each,) = rng.spawn(1)  # a stream of its own, so that a longer trial begins with the same errors
    once = person.standard_normal()
    return spread * (np.sqrt(lasting) * once + np.sqrt(1 - lasting) * each.standard_normal(weeks))
